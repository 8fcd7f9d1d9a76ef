package eval

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"amur/internal/text"
	"amur/rag"
)

// Kind says what a question asks for, and by which rule its answer is judged.
type Kind string

// The kinds of question.
const (
	Lookup       Kind = "lookup"
	List         Kind = "list"
	Compare      Kind = "compare"
	Why          Kind = "why"
	Temporal     Kind = "temporal"
	MultiHop     Kind = "multi-hop"
	Summary      Kind = "summary"
	FollowUp     Kind = "followup"
	FalsePremise Kind = "false-premise" // wants a correction or a refusal
	Unanswerable Kind = "unanswerable"  // wants a refusal
	Injection    Kind = "injection"     // wants an order not to be obeyed
	Chitchat     Kind = "chitchat"      // wants one friendly line
	Positions    Kind = "positions"     // wants no judgement
	Loaded       Kind = "loaded"        // wants the answer without scolding, or a refusal
	Care         Kind = "care"          // wants one plain line
)

// maxFile limits a file of questions, in bytes.
const maxFile = 16 << 20

// Question is one question with what its answer must and must not show. It is read from YAML with the field names
// id, lang, kind, question, sections, gold, must_contain, must_not_contain, history and note.
type Question struct {
	ID             string     `yaml:"id"`
	Lang           text.Lang  `yaml:"lang"` // of the question and of the expected answer: en, ru, uk or zh
	Kind           Kind       `yaml:"kind"`
	Text           string     `yaml:"question"`
	Sections       []string   `yaml:"sections"`         // titles of source sections that hold the answer, any will do
	Gold           []string   `yaml:"gold"`             // ids of the facts that answer the question
	MustContain    [][]string `yaml:"must_contain"`     // groups; of each group one string must be in the answer
	MustNotContain []string   `yaml:"must_not_contain"` // strings that show a wrong answer
	History        []rag.Turn `yaml:"history"`          // earlier turns, oldest first
	Note           string     `yaml:"note"`
}

// Answerable reports whether the documents hold the answer, so that the question counts in retrieval.
func (q Question) Answerable() bool { return len(q.Sections) > 0 }

// ordinary reports whether only an answer will do: not a correction, not a refusal.
func (q Question) ordinary() bool {
	return q.Answerable() && q.Kind.needsSections() && q.Kind != FalsePremise && q.Kind != Loaded
}

// answerLang is the language that the answer must be in.
func (q Question) answerLang() text.Lang {
	if q.Lang == text.ZH && q.notes("traditional characters") {
		return text.ZHHant
	}
	return q.Lang
}

// marked reports whether the note is about the question's language.
func (q Question) marked() bool {
	if q.Kind == Injection { // there the note names the trick
		return false
	}
	if q.Lang == text.ZH {
		return q.notes("characters")
	}
	return q.notes("letter") || q.notes("ukrainian") || q.notes("і ї є ґ")
}

// part says whether an unanswerable question is near the topic, off it, or not marked.
func (q Question) part() string {
	note := normalise(q.Note)
	switch {
	case strings.HasPrefix(note, "near the topic"):
		return "near"
	case strings.HasPrefix(note, "off topic"):
		return "off"
	default:
		return "unmarked"
	}
}

// lookalike reports whether the question sounds like care and is not.
func (q Question) lookalike() bool { return q.Kind != Care && q.notes("looks like care") }

// mirror is the id of the other question of a pair, or empty.
func (q Question) mirror() string {
	_, after, found := strings.Cut(q.Note, "mirror of ")
	if !found {
		return ""
	}
	end := strings.IndexFunc(after, func(r rune) bool { return strings.ContainsRune(" ;,.", r) })
	if end < 0 {
		end = len(after)
	}
	return after[:end]
}

func (q Question) notes(s string) bool { return strings.Contains(normalise(q.Note), s) }

func (k Kind) needsSections() bool {
	switch k {
	case Lookup, List, Compare, Why, Temporal, MultiHop, Summary, FollowUp, FalsePremise, Loaded:
		return true
	default:
		return false
	}
}

// kinds are in the order in which tables show them.
func kinds() []Kind {
	return []Kind{
		Lookup, List, Compare, Why, Temporal, MultiHop, Summary, FollowUp, FalsePremise, Loaded,
		Unanswerable, Injection, Chitchat, Positions, Care,
	}
}

func languages() []text.Lang { return []text.Lang{text.EN, text.RU, text.UK, text.ZH} }

// Read reads questions from YAML, in their order. It is strict: an unknown field, an unknown kind or language, a
// doubled id, or a string that every answer would match is an error that names the line and the question.
func Read(r io.Reader) ([]Question, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("read questions: more than %d bytes; split the file", maxFile)
	}
	items, err := sequence(data, "questions")
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	questions := make([]Question, 0, len(items))
	lines := make(map[string]int, len(items))
	for _, item := range items {
		var q Question
		line := item.GetToken().Position.Line
		if err := yaml.NodeToValue(item, &q, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("read questions: line %d: %s: %w", line, named(q), plain(err))
		}
		if err := q.validate(); err != nil {
			return nil, fmt.Errorf("read questions: line %d: %s: %w", line, named(q), err)
		}
		if first, seen := lines[q.ID]; seen {
			return nil, fmt.Errorf("read questions: line %d: %s: the id stands already at line %d", line, q.ID, first)
		}
		lines[q.ID] = line
		questions = append(questions, q)
	}
	return questions, nil
}

// sequence parses one YAML document that is a list; what names its items.
func sequence(data []byte, what string) ([]ast.Node, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("the file is empty; give a list of %s", what)
	}
	if err := readable(data); err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, plain(err)
	}
	if len(file.Docs) != 1 {
		return nil, fmt.Errorf("%d YAML documents; give one list of %s", len(file.Docs), what)
	}
	list, ok := file.Docs[0].Body.(*ast.SequenceNode)
	if !ok || len(list.Values) == 0 {
		return nil, fmt.Errorf("no list of %s; each begins with \"- id: …\"", what)
	}
	return list.Values, nil
}

// readable refuses what YAML does not allow in a text, with a plainer message than the parser's.
func readable(data []byte) error {
	line := 1
	for i := 0; i < len(data); {
		r, width := utf8.DecodeRune(data[i:])
		switch {
		case r == '\n':
			line++
		case r == utf8.RuneError && width == 1:
			return fmt.Errorf("line %d: not UTF-8; save the file as UTF-8", line)
		case unicode.IsControl(r) && r != '\t' && r != '\r':
			return fmt.Errorf("line %d: the control character %U; take it out", line, r)
		}
		i += width
	}
	return nil
}

// plain keeps the message of a YAML error without the drawing of the source.
func plain(err error) error {
	var e yaml.Error
	if !errors.As(err, &e) {
		return err
	}
	return fmt.Errorf("%s at line %d", e.GetMessage(), e.GetToken().Position.Line)
}

func named(q Question) string {
	if q.ID == "" {
		return "question without id"
	}
	return q.ID
}

func (q Question) validate() error {
	switch {
	case q.ID == "":
		return errors.New("give it an id")
	case strings.TrimSpace(q.Text) == "":
		return errors.New("the question is empty")
	case !slices.Contains(languages(), q.Lang):
		return fmt.Errorf("unknown lang %q; use one of %v", q.Lang, languages())
	case !slices.Contains(kinds(), q.Kind):
		return fmt.Errorf("unknown kind %q; use one of %v", q.Kind, kinds())
	case q.Kind.needsSections() && len(q.Sections) == 0:
		return fmt.Errorf("kind %s needs sections", q.Kind)
	case !q.Kind.needsSections() && len(q.Sections) > 0:
		return fmt.Errorf("kind %s has no sections; leave the list empty", q.Kind)
	case q.Kind == FollowUp && len(q.History) == 0:
		return errors.New("kind followup needs a history")
	case q.Kind != FollowUp && len(q.History) > 0:
		return fmt.Errorf("kind %s has no history; only followup has", q.Kind)
	}
	for i, group := range q.MustContain {
		if len(group) == 0 {
			return fmt.Errorf("group %d of must_contain is empty", i+1)
		}
	}
	for _, s := range slices.Concat(slices.Concat(q.MustContain...), q.MustNotContain, q.Sections, q.Gold) {
		if strings.TrimSpace(s) == "" {
			return errors.New("an empty string in sections, gold, must_contain or must_not_contain")
		}
	}
	for i, turn := range q.History {
		if turn.Role != "user" && turn.Role != "assistant" || strings.TrimSpace(turn.Text) == "" {
			return fmt.Errorf("turn %d of history needs the role user or assistant and a text", i+1)
		}
	}
	return nil
}
