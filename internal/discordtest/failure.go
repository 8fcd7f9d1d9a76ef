package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Rule is the kind of a broken rule.
type Rule string

// The kinds of broken rules.
const (
	RuleAuth        Rule = "auth"        // token, User-Agent
	RuleForm        Rule = "form"        // lengths, counts, shapes of a body
	RulePermission  Rule = "permission"  // access
	RuleUnknown     Rule = "unknown"     // what is gone or never was
	RuleInteraction Rule = "interaction" // late, twice, of the wrong type, after the token's end
	RuleRate        Rule = "rate"        // more requests than the headers allow, or sooner than Retry-After
	RuleGateway     Rule = "gateway"     // closed by the server, or paced badly
	RuleTest        Rule = "test"        // a mistake of the test: a button that is not there
)

// Violation is one broken rule.
type Violation struct {
	Time   time.Time `json:"time"`
	Rule   Rule      `json:"rule"`
	Code   int       `json:"code"`   // Discord's code of the error; the close code for the gateway
	Status int       `json:"status"` // of HTTP
	Call   string    `json:"call"`   // method and path
	Detail string    `json:"detail"`
}

// String is one line for a test's message.
func (v Violation) String() string {
	return fmt.Sprintf("%s %d %d %s: %s", v.Rule, v.Status, v.Code, v.Call, v.Detail)
}

// apiError is an error answer of the REST interface.
type apiError struct {
	Rule    Rule
	Status  int
	Code    int
	Message string
	Field   string // path of the field, for a form
	Detail  string
}

// Error is Discord's message with the field.
func (f *apiError) Error() string {
	if f.Field == "" {
		return f.Message
	}
	return f.Message + ": " + f.Field + ": " + f.Detail
}

// body is the error as Discord words it, the field's error nested under its path.
func (f *apiError) body() json.RawMessage {
	type leaf struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	type body struct {
		Message string          `json:"message"`
		Code    int             `json:"code"`
		Errors  json.RawMessage `json:"errors,omitempty"`
	}
	b := body{Message: f.Message, Code: f.Code}
	if f.Field != "" {
		errors, _ := json.Marshal(struct {
			Errors []leaf `json:"_errors"`
		}{[]leaf{{"INVALID", f.Detail}}})
		for _, step := range slices.Backward(strings.Split(f.Field, ".")) {
			key, _ := json.Marshal(step)
			errors = []byte("{" + string(key) + ":" + string(errors) + "}")
		}
		b.Errors = errors
	}
	data, _ := json.Marshal(b)
	return data
}

func invalid(field, detail string) *apiError {
	return &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50035, Message: "Invalid Form Body", Field: field, Detail: detail}
}

func tooLong(field string, most int) *apiError {
	return invalid(field, fmt.Sprintf("Must be %d or fewer in length.", most))
}

// between is an error if the text is not of least to most characters.
func between(field, text string, least, most int) error {
	if n := runes(text); n < least || n > most {
		return invalid(field, fmt.Sprintf("Must be between %d and %d in length.", least, most))
	}
	return nil
}

func unknown(code int, what string) *apiError {
	return &apiError{Rule: RuleUnknown, Status: http.StatusNotFound, Code: code, Message: "Unknown " + what}
}

func missingAccess() *apiError {
	return &apiError{Rule: RulePermission, Status: http.StatusForbidden, Code: 50001, Message: "Missing Access"}
}

func missingPermissions(what string) *apiError {
	return &apiError{
		Rule: RulePermission, Status: http.StatusForbidden, Code: 50013, Message: "Missing Permissions", Detail: what,
	}
}

// path joins the steps to a field: names and indices.
func path(steps ...any) string {
	list := make([]string, len(steps))
	for i, step := range steps {
		list[i] = fmt.Sprint(step)
	}
	return strings.Join(list, ".")
}

// first is the first error.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
