package discordtest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

func (s *Server) reactionRoutes(r *router) {
	route := "/channels/{channel}/messages/{message}/reactions/{emoji}"
	r.on("PUT "+route+"/@me", s.react)
	r.on("DELETE "+route+"/@me", s.unreact)
	r.on("DELETE "+route+"/{user}", s.unreact)
	r.on("GET "+route, s.listReactions)
}

type reactionEvent struct {
	UserID    ID    `json:"user_id"`
	ChannelID ID    `json:"channel_id"`
	MessageID ID    `json:"message_id"`
	GuildID   ID    `json:"guild_id,omitempty"`
	Emoji     Emoji `json:"emoji"`
}

// emojiOf reads an emoji of a path: Unicode, or name:id.
func emojiOf(c *call) (Emoji, error) {
	text := c.request.PathValue("emoji")
	if found := regexp.MustCompile(`^(\w{2,32}):(\d{15,20})$`).FindStringSubmatch(text); found != nil {
		return Emoji{ID: ID(found[2]), Name: found[1]}, nil
	}
	if text == "" || runes(text) > 12 || strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:%<> ") {
		return Emoji{}, &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 10014, Message: "Unknown Emoji", Detail: text}
	}
	return Emoji{Name: text}, nil
}

func (m *Message) reaction(e Emoji) int {
	return slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Emoji.ID == e.ID && r.Emoji.Name == e.Name })
}

// react needs READ_MESSAGE_HISTORY, and ADD_REACTIONS for an emoji that is not there yet.
func (s *Server) react(c *call) (answer, error) {
	e, err := emojiOf(c)
	if err != nil {
		return answer{}, err
	}
	ch, m, err := s.messageFor(c, ReadMessageHistory)
	if err != nil {
		return answer{}, err
	}
	if err := ch.archived(); err != nil {
		return answer{}, err
	}
	if m.reaction(e) < 0 && !s.world.permissions(s.options.BotID, ch.ID, s.clock.Now()).Has(AddReactions) {
		return answer{}, missingPermissions("ADD_REACTIONS")
	}
	s.addReaction(m, s.options.BotID, e)
	return answer{status: http.StatusNoContent}, nil
}

func (s *Server) addReaction(m *Message, user ID, e Emoji) {
	i := m.reaction(e)
	if i < 0 {
		m.Reactions = append(slices.Clone(m.Reactions), Reaction{Emoji: e})
		i = len(m.Reactions) - 1
	}
	r := &m.Reactions[i]
	if slices.Contains(r.Users, user) {
		return
	}
	r.Users = append(slices.Clone(r.Users), user)
	r.Count, r.Me = len(r.Users), slices.Contains(r.Users, s.options.BotID)
	s.reacted("MESSAGE_REACTION_ADD", m, user, e)
}

func (s *Server) removeReaction(m *Message, user ID, e Emoji) {
	i := m.reaction(e)
	if i < 0 || !slices.Contains(m.Reactions[i].Users, user) {
		return
	}
	m.Reactions = slices.Clone(m.Reactions)
	r := &m.Reactions[i]
	r.Users = slices.DeleteFunc(slices.Clone(r.Users), func(id ID) bool { return id == user })
	r.Count, r.Me = len(r.Users), slices.Contains(r.Users, s.options.BotID)
	if r.Count == 0 {
		m.Reactions = slices.Delete(m.Reactions, i, i+1)
	}
	s.reacted("MESSAGE_REACTION_REMOVE", m, user, e)
}

func (s *Server) reacted(event string, m *Message, user ID, e Emoji) {
	intent := intentGuildReactions
	if m.GuildID == "" {
		intent = intentDirectReactions
	}
	s.dispatch(event, m.GuildID, intent, reactionEvent{user, m.ChannelID, m.ID, m.GuildID, e})
	s.noteAnswer(m)
	s.wake(m.ChannelID)
}

func (s *Server) unreact(c *call) (answer, error) {
	e, err := emojiOf(c)
	if err != nil {
		return answer{}, err
	}
	_, m, err := s.messageFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	user := c.id("user")
	if user == "" {
		user = s.options.BotID
	} else if !s.world.permissions(s.options.BotID, m.ChannelID, s.clock.Now()).Has(ManageMessages) {
		return answer{}, missingPermissions("MANAGE_MESSAGES")
	}
	s.removeReaction(m, user, e)
	return answer{status: http.StatusNoContent}, nil
}

func (s *Server) listReactions(c *call) (answer, error) {
	e, err := emojiOf(c)
	if err != nil {
		return answer{}, err
	}
	_, m, err := s.messageFor(c, ReadMessageHistory)
	if err != nil {
		return answer{}, err
	}
	list := []User{}
	if i := m.reaction(e); i >= 0 {
		for _, id := range m.Reactions[i].Users {
			list = append(list, s.world.user(id).wire())
		}
	}
	return answer{http.StatusOK, list}, nil
}
