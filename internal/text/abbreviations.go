package text

// abbreviation says what may follow an abbreviation inside its sentence.
type abbreviation int

const (
	noAbbreviation abbreviation = iota
	beforeAnything              // a title, "e.g.": never the end of a sentence
	beforeNumber                // "No. 5", "рис. 2"
	beforeName                  // "U.S.", "Inc.": goes on unless a function word follows
	afterNumber                 // "5 млрд. США": goes on before an acronym
	yearOrPlace                 // "г.": "2022 г." and "г. Москва"
)

// abbreviationOf classifies a lower-case word, without its last full stop, that
// stands before one. Abbreviations that commonly end a sentence ("etc.", «и т. д.»)
// are left out: the annex goes on by itself when a small letter follows.
func abbreviationOf(token string) abbreviation {
	switch token {
	case "mr", "mrs", "ms", "mx", "messrs", "dr", "prof", "gen", "maj", "col", "lt", "sgt", "cpl", "capt", "cmdr", "adm", "brig",
		"sen", "rep", "gov", "pres", "amb", "hon", "rev", "fr", "st", "mt", "ft", "vs", "v", "e.g", "eg", "i.e", "cf", "viz", "al", "dept", "supt", "op",
		"т.е", "т.н", "т.к", "т.ч", "т.зв", "тов", "тт", "проф", "акад", "доц", "канд", "ген", "полк", "подполк", "кап", "майор-ген", "адм", "св", "им", "ім",
		"ул", "вул", "пл", "просп", "пр-т", "пер", "пос", "дер", "обл", "р-н", "см", "ср", "див", "пор", "напр", "наприкл", "т.зн", "тобто", "гр", "г-н", "г-жа", "о", "оз", "букв", "яп", "кит", "англ", "лат", "фр", "нем", "рус", "рос", "укр":
		return beforeAnything
	case "no", "nos", "nr", "p", "pp", "vol", "vols", "fig", "figs", "ch", "chap", "sec", "sect", "art", "arts", "para", "eq", "tab", "app", "ver", "c", "ca", "circa", "approx", "est", "ed", "pt",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"ст", "п", "пп", "гл", "рис", "мал", "табл", "стр", "с", "сс", "кн", "вып", "вип", "ч", "разд", "розд", "прим", "т", "ок", "бл", "прибл", "тел", "д", "кв", "оф", "ном":
		return beforeNumber
	case "u.s", "u.s.a", "u.k", "u.n", "e.u", "u.s.s.r", "u.a.e", "p.r.c", "r.o.c", "d.c", "a.m", "p.m", "b.c", "a.d",
		"inc", "ltd", "corp", "co", "bros", "llc", "plc", "jr", "sr", "ph.d", "m.d", "m.a", "b.a", "ст-т", "ред", "сост", "изд", "вид":
		return beforeName
	case "млрд", "млн", "трлн", "тыс", "тис", "руб", "долл", "дол", "коп", "грн", "крб", "куб", "bn", "mn", "mln", "bln":
		return afterNumber
	case "г", "гг", "р", "рр", "в", "вв", "м":
		return yearOrPlace
	}
	return noAbbreviation
}
