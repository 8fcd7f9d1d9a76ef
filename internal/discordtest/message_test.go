package discordtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"amur/internal/discordtest"
)

// repeat joins n of what f gives with commas.
func repeat(n int, f func(i int) string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = f(i)
	}
	return strings.Join(list, ",")
}

func button(id string) string {
	return `{"type":2,"style":1,"label":"Go","custom_id":"` + id + `"}`
}

func row(inner string) string { return `{"type":1,"components":[` + inner + `]}` }

func text(content string) string { return `{"type":10,"content":"` + content + `"}` }

func choice(i int) string { return fmt.Sprintf(`{"label":"l%d","value":"v%d"}`, i, i) }

func choices(id, options string) string {
	return row(`{"type":3,"custom_id":"` + id + `","options":[` + options + `]}`)
}

func v2(components string) string { return `{"flags":32768,"components":[` + components + `]}` }

func TestBodiesOfMessages(t *testing.T) {
	t.Parallel()
	const bad, good = http.StatusBadRequest, http.StatusOK
	tests := []struct {
		name   string
		body   string
		status int
		code   int
	}{
		{"content of 2000 Han characters", `{"content":"` + strings.Repeat("中", 2000) + `"}`, good, 0},
		{"content of 2001 characters", `{"content":"` + strings.Repeat("中", 2001) + `"}`, bad, 50035},
		{"nothing", `{}`, bad, 50006},
		{"nothing but null", `{"content":null,"embeds":[]}`, bad, 50006},
		{"five rows of five buttons", `{"content":"x","components":[` + repeat(5, func(i int) string {
			return row(repeat(5, func(j int) string { return button(fmt.Sprint(i, j)) }))
		}) + `]}`, good, 0},
		{"six rows", `{"content":"x","components":[` + repeat(6, func(i int) string { return row(button(fmt.Sprint(i))) }) + `]}`, bad, 50035},
		{"six buttons in a row", `{"content":"x","components":[` + row(repeat(6, func(i int) string { return button(fmt.Sprint(i)) })) + `]}`, bad, 50035},
		{"empty row", `{"content":"x","components":[` + row("") + `]}`, bad, 50035},
		{"custom_id of 100", `{"content":"x","components":[` + row(button(strings.Repeat("й", 100))) + `]}`, good, 0},
		{"custom_id of 101", `{"content":"x","components":[` + row(button(strings.Repeat("й", 101))) + `]}`, bad, 50035},
		{"custom_id missing", `{"content":"x","components":[` + row(button("")) + `]}`, bad, 50035},
		{"custom_id twice", `{"content":"x","components":[` + row(button("a")+","+button("a")) + `]}`, bad, 50035},
		{"label of 81", `{"content":"x","components":[` + row(`{"type":2,"style":1,"custom_id":"a","label":"`+strings.Repeat("a", 81)+`"}`) + `]}`, bad, 50035},
		{"no label", `{"content":"x","components":[` + row(`{"type":2,"style":1,"custom_id":"a"}`) + `]}`, bad, 50035},
		{"emoji in place of a label", `{"content":"x","components":[` + row(`{"type":2,"style":1,"custom_id":"a","emoji":{"name":"👍"}}`) + `]}`, good, 0},
		{"link", `{"content":"x","components":[` + row(`{"type":2,"style":5,"label":"a","url":"https://example.org"}`) + `]}`, good, 0},
		{"link with custom_id", `{"content":"x","components":[` + row(`{"type":2,"style":5,"label":"a","url":"https://example.org","custom_id":"a"}`) + `]}`, bad, 50035},
		{"link of 513", `{"content":"x","components":[` + row(`{"type":2,"style":5,"label":"a","url":"https://e.org/`+strings.Repeat("a", 499)+`"}`) + `]}`, bad, 50035},
		{"link that is none", `{"content":"x","components":[` + row(`{"type":2,"style":5,"label":"a","url":"javascript:alert"}`) + `]}`, bad, 50035},
		{"select of 25", `{"content":"x","components":[` + choices("s", repeat(25, choice)) + `]}`, good, 0},
		{"select of 26", `{"content":"x","components":[` + choices("s", repeat(26, choice)) + `]}`, bad, 50035},
		{"select of none", `{"content":"x","components":[` + choices("s", "") + `]}`, bad, 50035},
		{"select with a value twice", `{"content":"x","components":[` + choices("s", choice(1)+","+choice(1)) + `]}`, bad, 50035},
		{"select label of 101", `{"content":"x","components":[` + choices("s", `{"value":"a","label":"`+strings.Repeat("a", 101)+`"}`) + `]}`, bad, 50035},
		{"select description of 101", `{"content":"x","components":[` + choices("s", `{"value":"a","label":"a","description":"`+strings.Repeat("a", 101)+`"}`) + `]}`, bad, 50035},
		{"select placeholder of 151", `{"content":"x","components":[` + row(`{"type":3,"custom_id":"s","placeholder":"`+strings.Repeat("a", 151)+`","options":[`+choice(1)+`]}`) + `]}`, bad, 50035},
		{"select beside a button", `{"content":"x","components":[` + row(button("b")+`,{"type":5,"custom_id":"s"}`) + `]}`, bad, 50035},
		{"select of more than there is", `{"content":"x","components":[` + row(`{"type":3,"custom_id":"s","max_values":2,"options":[`+choice(1)+`]}`) + `]}`, bad, 50035},
		{"text display without the flag", `{"content":"x","components":[` + text("x") + `]}`, bad, 50035},

		{"V2 text", v2(text("hello")), good, 0},
		{"V2 with content", `{"flags":32768,"content":"x","components":[` + text("x") + `]}`, bad, 50035},
		{"V2 with embeds", `{"flags":32768,"embeds":[{"title":"x"}],"components":[` + text("x") + `]}`, bad, 50035},
		{"V2 with poll", `{"flags":32768,"poll":{},"components":[` + text("x") + `]}`, bad, 50035},
		{"V2 with nothing", v2(""), bad, 50006},
		{"V2 of 40 components", v2(repeat(40, func(int) string { return text("x") })), good, 0},
		{"V2 of 41 components", v2(repeat(41, func(int) string { return text("x") })), bad, 50035},
		{"V2 of 41 components with nested ones", v2(`{"type":17,"components":[` + repeat(40, func(int) string { return text("x") }) + `]}`), bad, 50035},
		{"V2 of 41 components with rows", v2(repeat(7, func(i int) string {
			return row(repeat(5, func(j int) string { return button(fmt.Sprint(i, j)) }))
		})), bad, 50035},
		{"V2 of 4000 characters", v2(text(strings.Repeat("a", 2000)) + "," + text(strings.Repeat("a", 2000))), good, 0},
		{"V2 of 4001 characters", v2(text(strings.Repeat("a", 2001)) + "," + text(strings.Repeat("a", 2000))), bad, 50035},
		{"V2 of 10,170 bytes", v2(text(strings.Repeat("中", 3386))), good, 0},
		{"V2 of 10,171 bytes and more", v2(text(strings.Repeat("中", 3387))), http.StatusInternalServerError, 0},
		{"V2 of Cyrillic", v2(text(strings.Repeat("й", 4000))), good, 0},
		{"V2 empty text", v2(text("")), bad, 50035},
		{"V2 section", v2(`{"type":9,"components":[` + text("x") + `],"accessory":` + button("a") + `}`), good, 0},
		{"V2 section without accessory", v2(`{"type":9,"components":[` + text("x") + `]}`), bad, 50035},
		{"V2 section of four", v2(`{"type":9,"components":[` + repeat(4, func(int) string { return text("x") }) + `],"accessory":` + button("a") + `}`), bad, 50035},
		{"V2 container in a container", v2(`{"type":17,"components":[{"type":17,"components":[` + text("x") + `]}]}`), bad, 50035},
		{"V2 bare button", v2(button("a")), bad, 50035},
		{"V2 gallery of 11", v2(`{"type":12,"items":[` + repeat(11, func(int) string { return `{"media":{"url":"https://e.org/a.png"}}` }) + `]}`), bad, 50035},
		{"V2 component id twice", v2(`{"type":10,"id":3,"content":"a"},{"type":10,"id":3,"content":"b"}`), bad, 50035},
		{"V2 separator", v2(text("a") + `,{"type":14,"spacing":2},` + text("b")), good, 0},

		{"embeds of 6000", `{"embeds":[{"description":"` + strings.Repeat("ж", 4000) + `"},{"description":"` + strings.Repeat("ж", 2000) + `"}]}`, good, 0},
		{"embeds of 6001", `{"embeds":[{"description":"` + strings.Repeat("ж", 4000) + `"},{"description":"` + strings.Repeat("ж", 2001) + `"}]}`, bad, 50035},
		{"embed title of 257", `{"embeds":[{"title":"` + strings.Repeat("a", 257) + `"}]}`, bad, 50035},
		{"embed with 26 fields", `{"embeds":[{"fields":[` + repeat(26, func(int) string { return `{"name":"a","value":"b"}` }) + `]}]}`, bad, 50035},
		{"embed field without value", `{"embeds":[{"fields":[{"name":"a","value":""}]}]}`, bad, 50035},
		{"embed field value of 1025", `{"embeds":[{"fields":[{"name":"a","value":"` + strings.Repeat("a", 1025) + `"}]}]}`, bad, 50035},
		{"11 embeds", `{"embeds":[` + repeat(11, func(int) string { return `{"title":"a"}` }) + `]}`, bad, 50035},

		{"ephemeral outside of interactions", `{"content":"x","flags":64}`, bad, 50035},
		{"silent", `{"content":"x","flags":4100}`, good, 0},
		{"nonce of 26", `{"content":"x","nonce":"` + strings.Repeat("a", 26) + `"}`, bad, 50035},
		{"enforced without nonce", `{"content":"x","enforce_nonce":true}`, bad, 50035},
		{"parse and users", `{"content":"x","allowed_mentions":{"parse":["users"],"users":["7"]}}`, bad, 50035},
		{"parse users, roles by id", `{"content":"x","allowed_mentions":{"parse":["users"],"roles":["9"]}}`, good, 0},
		{"parse null", `{"content":"x","allowed_mentions":{"parse":null}}`, bad, 50035},
		{"parse unknown", `{"content":"x","allowed_mentions":{"parse":["all"]}}`, bad, 50035},
		{"reply to nothing", `{"content":"x","message_reference":{"message_id":"1"}}`, bad, 50035},
		{"reply to nothing, allowed", `{"content":"x","message_reference":{"message_id":"1","fail_if_not_exists":false}}`, good, 0},
		{"attachment without file", `{"content":"x","attachments":[{"id":0}]}`, bad, 50035},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake, bot, _, channel := start(t, discordtest.Options{})
			messages := "/channels/" + string(channel.ID) + "/messages"
			if tt.status == good {
				bot.must(http.MethodPost, messages, tt.body)
				blameless(t, fake)
				return
			}
			bot.refused(http.MethodPost, messages, tt.body, tt.status, tt.code)
			if got := fake.Messages(channel.ID); len(got) != 0 {
				t.Errorf("a refused message stands: %+v", got)
			}
		})
	}
}

func TestEdits(t *testing.T) {
	t.Parallel()
	const bad, good = http.StatusBadRequest, http.StatusOK
	tests := []struct {
		name   string
		before string
		edit   string
		status int
		code   int
	}{
		{"text", `{"content":"a"}`, `{"content":"b"}`, good, 0},
		{"to nothing", `{"content":"a"}`, `{"content":""}`, bad, 50006},
		{"to V2 with null", `{"content":"a","embeds":[{"title":"x"}]}`, `{"content":null,"embeds":[],"flags":32768,"components":[` + text("b") + `]}`, good, 0},
		{"to V2, content left", `{"content":"a"}`, v2(text("b")), bad, 50035},
		{"to V2, embeds left", `{"embeds":[{"title":"x"}]}`, v2(text("b")), bad, 50035},
		{"from V2", v2(text("a")), `{"content":"b","flags":0}`, bad, 50035},
		{"V2 stays without the flag", v2(text("a")), `{"components":[` + text("b") + `]}`, good, 0},
		{"V2 takes no content", v2(text("a")), `{"content":"b"}`, bad, 50035},
		{"buttons alone", `{"content":"a"}`, `{"components":[` + row(button("a")) + `]}`, good, 0},
		{"silence is for creates", `{"content":"a"}`, `{"content":"b","flags":4096}`, bad, 50035},
		{"no previews", `{"content":"a"}`, `{"flags":4}`, good, 0},
		{"attachment that is not there", `{"content":"a"}`, `{"attachments":[{"id":"123"}]}`, bad, 50035},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake, bot, _, channel := start(t, discordtest.Options{})
			messages := "/channels/" + string(channel.ID) + "/messages"
			bot.must(http.MethodPost, messages, tt.before)
			message := messages + "/" + string(fake.Messages(channel.ID)[0].ID)
			if tt.status == good {
				bot.must(http.MethodPatch, message, tt.edit)
				if fake.Messages(channel.ID)[0].EditedTimestamp == nil {
					t.Error("the edit does not show")
				}
				blameless(t, fake)
				return
			}
			bot.refused(http.MethodPatch, message, tt.edit, tt.status, tt.code)
		})
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	fake, bot, guild, channel := start(t, discordtest.Options{})
	messages := "/channels/" + string(channel.ID) + "/messages"
	upload := func(method, path, payload string, names ...string) (int, string) {
		t.Helper()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		if err := w.WriteField("payload_json", payload); err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			part, err := w.CreateFormFile(fmt.Sprintf("files[%d]", i), name)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write([]byte("bytes of " + name))
		}
		_ = w.Close()
		status, text, _ := bot.do(method, path, w.FormDataContentType(), &body, nil)
		return status, text
	}
	status, answer := upload(http.MethodPost, messages, `{"content":"chart","attachments":[{"id":0,"description":"Trade"}]}`, "a.png", "b.csv")
	var m discordtest.Message
	if err := json.Unmarshal([]byte(answer), &m); err != nil || status != http.StatusOK || len(m.Attachments) != 2 || m.Attachments[0].Description != "Trade" {
		t.Fatalf("%d %s", status, answer)
	}
	if r := fake.Records()[0]; len(r.Files) != 2 || string(r.Files[1].Data) != "bytes of b.csv" || !strings.Contains(string(r.Body), "chart") {
		t.Errorf("record %+v", r)
	}
	message := messages + "/" + string(m.ID)
	bot.must(http.MethodPatch, message, `{"attachments":[{"id":"`+string(m.Attachments[1].ID)+`"}]}`)
	if got := fake.Messages(channel.ID)[0].Attachments; len(got) != 1 || got[0].Filename != "b.csv" {
		t.Errorf("attachments after the edit %+v", got)
	}
	blameless(t, fake)
	if status, _ = upload(http.MethodPost, messages, `{"content":"x"}`, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"); status != http.StatusBadRequest {
		t.Errorf("eleven files: %d", status)
	}
	fake.SetBotPermissions(guild.ID, discordtest.DefaultBotPermissions&^discordtest.AttachFiles)
	if status, _ = upload(http.MethodPost, messages, `{"content":"x"}`, "a"); status != http.StatusForbidden {
		t.Errorf("file without ATTACH_FILES: %d", status)
	}
}

func TestWhomABodyPings(t *testing.T) {
	t.Parallel()
	all := "<@7> <@!8> <@&9> @everyone"
	tests := []struct {
		name     string
		route    string // channel, callback, edit, follow-up
		body     string
		want     discordtest.Pings
		standing int
	}{
		{"plain default", "channel", `{"content":"` + all + `"}`, discordtest.Pings{Everyone: true, Users: []discordtest.ID{"7", "8"}, Roles: []discordtest.ID{"9"}}, 4},
		{"plain silenced", "channel", `{"content":"` + all + `","allowed_mentions":{"parse":[]}}`, discordtest.Pings{}, 4},
		{"plain empty object", "channel", `{"content":"` + all + `","allowed_mentions":{}}`, discordtest.Pings{}, 4},
		{"plain users", "channel", `{"content":"` + all + `","allowed_mentions":{"parse":["users"]}}`, discordtest.Pings{Users: []discordtest.ID{"7", "8"}}, 4},
		{"plain one", "channel", `{"content":"` + all + `","allowed_mentions":{"parse":[],"users":["8"]}}`, discordtest.Pings{Users: []discordtest.ID{"8"}}, 4},
		{"escaped still pings", "channel", `{"content":"\\<@7>"}`, discordtest.Pings{Users: []discordtest.ID{"7"}}, 0},
		{"text display", "channel", v2(text("@here")), discordtest.Pings{Everyone: true}, 1},
		{"embed does not ping", "channel", `{"embeds":[{"title":"@everyone"}]}`, discordtest.Pings{}, 1},
		{"interaction default", "callback", `{"type":4,"data":{"content":"` + all + `"}}`, discordtest.Pings{Users: []discordtest.ID{"7", "8"}}, 4},
		{"interaction silenced", "callback", `{"type":4,"data":{"content":"` + all + `","allowed_mentions":{"parse":[]}}}`, discordtest.Pings{}, 4},
		{"edit parses again", "edit", `{"content":"` + all + `"}`, discordtest.Pings{Users: []discordtest.ID{"7", "8"}}, 4},
		{"follow-up silenced", "follow-up", `{"content":"` + all + `","allowed_mentions":{"parse":[]}}`, discordtest.Pings{}, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake, bot, _, channel := start(t, discordtest.Options{})
			if tt.route == "channel" {
				bot.must(http.MethodPost, "/channels/"+string(channel.ID)+"/messages", tt.body)
			} else {
				bot.must(http.MethodPut, bot.commands(), ask)
				bot.connect(guildsIntent)
				fake.User("7").Slash(channel.ID, "ask", discordtest.Text("question", "?"))
				e := bot.interaction()
				if tt.route != "callback" {
					bot.must(http.MethodPost, e.callback(), `{"type":4,"data":{"content":"x","allowed_mentions":{"parse":[]}}}`)
				}
				switch tt.route {
				case "callback":
					bot.must(http.MethodPost, e.callback(), tt.body)
				case "edit":
					bot.must(http.MethodPatch, bot.original(e), tt.body)
				case "follow-up":
					bot.must(http.MethodPost, bot.webhook(e), tt.body)
				}
			}
			records := fake.Records()
			last := records[len(records)-1]
			got, _ := json.Marshal(last.Pings)
			want, _ := json.Marshal(tt.want)
			if last.Pings == nil {
				got = []byte("{}")
			}
			if string(got) != string(want) || len(last.Mentions) != tt.standing {
				t.Errorf("pings %s, want %s; standing %q", got, want, last.Mentions)
			}
			if live := fake.Stats().LivePings; (live > 0) != tt.want.Any() {
				t.Errorf("%d live pings counted", live)
			}
		})
	}
}

func TestRepliesPing(t *testing.T) {
	t.Parallel()
	fake, bot, _, channel := start(t, discordtest.Options{})
	said := fake.User("7").Say(channel.ID, "hello")
	for _, tt := range []struct {
		allowed string
		want    discordtest.ID
	}{{"", "7"}, {`,"allowed_mentions":{"parse":[]}`, ""}, {`,"allowed_mentions":{"parse":[],"replied_user":true}`, "7"}} {
		bot.must(http.MethodPost, "/channels/"+string(channel.ID)+"/messages",
			`{"content":"x","message_reference":{"message_id":"`+string(said.Message.ID)+`"}`+tt.allowed+`}`)
		records := fake.Records()
		if got := records[len(records)-1].Pings.Replied; got != tt.want {
			t.Errorf("%s pings %q, want %q", tt.allowed, got, tt.want)
		}
	}
	blameless(t, fake)
}
