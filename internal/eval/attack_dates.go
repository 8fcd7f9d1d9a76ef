package eval

import (
	"regexp"
	"slices"
	"strconv"

	"amur/internal/text"
)

// dates changes a year, month, day, decade or century.
func (s site) dates() []change {
	var made []change
	for _, v := range s.values(text.Year, text.Date, text.Period, text.Decade, text.Century) {
		switch v.Kind {
		case text.Year, text.Date, text.Period:
			made = append(made, s.years(v, []int{-1, 1, -2, 2, -3, -5})...)
		case text.Decade:
			made = append(made, s.years(v, []int{-10, 10, -20, 20})...)
		case text.Century:
			made = append(made, s.centuries(v)...)
			continue
		default:
			continue
		}
		made = append(made, s.months(v)...)
		made = append(made, s.days(v)...)
	}
	return slices.DeleteFunc(made, func(m change) bool { return !s.fresh(m.claim) })
}

func (s site) years(v text.Value, steps []int) []change {
	at := regexp.MustCompile(`\d{4}`).FindStringIndex(v.In(s.claim))
	if at == nil {
		return nil
	}
	span := text.Span{Start: v.Start + at[0], End: v.Start + at[1]}
	year, _ := strconv.Atoi(span.In(s.claim)) // four digits
	var made []change
	for _, step := range steps {
		if !s.passage.taboo.years[year+step] {
			made = append(made, s.replacing(span, strconv.Itoa(year+step)))
		}
	}
	return made
}

func (s site) months(v text.Value) []change {
	if v.Month == 0 {
		return nil
	}
	var made []change
	for _, row := range s.Months {
		span, ok := s.find(s.claim[:v.End], row[v.Month-1], v.Start)
		if !ok {
			continue
		}
		for _, step := range []int{1, 4, 7, 11} {
			month := (v.Month-1+step)%12 + 1
			if !s.passage.taboo.months[month] {
				made = append(made, s.replacing(span, row[month-1]))
			}
		}
		return made
	}
	return s.counted(v, v.Month, 12, `月`)
}

func (s site) days(v text.Value) []change {
	if v.Day == 0 {
		return nil
	}
	if s.lang == text.ZH {
		return s.counted(v, v.Day, 28, `[日号]`)
	}
	return s.counted(v, v.Day, 28, ``)
}

// counted changes the number of a month or day that is written in digits before a sign.
func (s site) counted(v text.Value, number, highest int, sign string) []change {
	at := regexp.MustCompile(`(?:^|\D)(0?` + strconv.Itoa(number) + `)(?:` + sign + `)(?:\D|$)`).FindStringSubmatchIndex(v.In(s.claim))
	if at == nil {
		return nil
	}
	span := text.Span{Start: v.Start + at[2], End: v.Start + at[3]}
	var made []change
	for _, step := range []int{1, 3, 5} {
		other := (number-1+step)%highest + 1
		if sign != `月` || !s.passage.taboo.months[other] {
			made = append(made, s.replacing(span, strconv.Itoa(other)))
		}
	}
	return made
}

func (s site) centuries(v text.Value) []change {
	var made []change
	for i := range s.Centuries { // the longest of XIX, XX, XXI
		word := s.Centuries[len(s.Centuries)-1-i]
		span, ok := s.find(s.claim[:v.End], word, v.Start)
		if !ok {
			continue
		}
		for _, other := range s.Centuries {
			if other != word {
				made = append(made, s.replacing(span, other))
			}
		}
		break
	}
	return made
}
