package discordtest

import "unicode/utf8"

// Embed is a rich box of a message.
type Embed struct {
	Title       string       `json:"title,omitempty"`
	Type        string       `json:"type,omitempty"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Image       *Media       `json:"image,omitempty"`
	Thumbnail   *Media       `json:"thumbnail,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// EmbedFooter is the small line below an embed.
type EmbedFooter struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedAuthor is the small line above an embed.
type EmbedAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// EmbedField is a name and a value.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

func (e Embed) texts() []string {
	var list []string
	add := func(text string) {
		if text != "" {
			list = append(list, text)
		}
	}
	if e.Author != nil {
		add(e.Author.Name)
	}
	add(e.Title)
	add(e.Description)
	for _, f := range e.Fields {
		add(f.Name)
		add(f.Value)
	}
	if e.Footer != nil {
		add(e.Footer.Text)
	}
	return list
}

// checkEmbeds holds the limits of resources/message, "Embed limits", in code points.
func checkEmbeds(embeds []Embed) error {
	if len(embeds) > 10 {
		return invalid("embeds", "Must be 10 or fewer in length.")
	}
	sum := 0
	for i, e := range embeds {
		at := func(field string) string { return path("embeds", i, field) }
		for _, limit := range []struct {
			field, text string
			most        int
		}{
			{"title", e.Title, 256},
			{"description", e.Description, 4096},
			{"footer.text", value(e.Footer).Text, 2048},
			{"author.name", value(e.Author).Name, 256},
		} {
			if runes(limit.text) > limit.most {
				return tooLong(at(limit.field), limit.most)
			}
		}
		if len(e.Fields) > 25 {
			return invalid(at("fields"), "Must be 25 or fewer in length.")
		}
		for j, f := range e.Fields {
			switch {
			case f.Name == "" || f.Value == "":
				return invalid(path("embeds", i, "fields", j), "This field is required")
			case runes(f.Name) > 256:
				return tooLong(path("embeds", i, "fields", j, "name"), 256)
			case runes(f.Value) > 1024:
				return tooLong(path("embeds", i, "fields", j, "value"), 1024)
			}
		}
		for _, text := range e.texts() {
			sum += runes(text)
		}
	}
	if sum > 6000 {
		return invalid("embeds", "Embed size exceeds maximum size of 6000")
	}
	return nil
}

// runes counts code points, which is what Discord's "characters" are (staff in api-docs #1315).
func runes(text string) int { return utf8.RuneCountInString(text) }

func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
