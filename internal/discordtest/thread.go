package discordtest

import (
	"net/http"
	"slices"
)

func (s *Server) threadRoutes(r *router) {
	r.on("POST /channels/{channel}/threads", s.startThread)
	r.on("POST /channels/{channel}/messages/{message}/threads", s.startThread)
	r.on("PUT /channels/{channel}/thread-members/@me", s.joinThread)
}

// startThread makes a thread in a channel, or from a message, whose id it then has.
func (s *Server) startThread(c *call) (answer, error) {
	var body struct {
		Name        string `json:"name"`
		AutoArchive int    `json:"auto_archive_duration"`
		Type        int    `json:"type"`
	}
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	want := CreatePublicThreads
	if body.Type == ChannelPrivateThread {
		want = CreatePrivateThread
	}
	ch, err := s.channelFor(c, want)
	if err != nil {
		return answer{}, err
	}
	if err := between("name", body.Name, 1, 100); err != nil {
		return answer{}, err
	}
	if body.AutoArchive == 0 {
		body.AutoArchive = 1440
	}
	if !slices.Contains([]int{60, 1440, 4320, 10080}, body.AutoArchive) {
		return answer{}, invalid("auto_archive_duration", "Value must be one of {60, 1440, 4320, 10080}.")
	}
	t := Channel{
		Type: ChannelPublicThread, GuildID: ch.GuildID, ParentID: ch.ID, Name: body.Name, OwnerID: s.options.BotID,
		ThreadMetadata: &ThreadMetadata{AutoArchiveDuration: body.AutoArchive, ArchiveTimestamp: s.clock.Now()},
	}
	if body.Type == ChannelPrivateThread {
		t.Type = ChannelPrivateThread
	}
	if ch.thread() || ch.GuildID == "" {
		return answer{}, &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 50024, Message: "Cannot execute action on this channel type"}
	}
	if id := c.id("message"); id != "" {
		if ch.messages[id] == nil || ch.messages[id].Viewer != "" {
			return answer{}, unknown(10008, "Message")
		}
		if s.world.channels[id] != nil {
			return answer{}, &apiError{Rule: RuleForm, Status: http.StatusBadRequest, Code: 160004, Message: "A thread has already been created for this message"}
		}
		t.ID, t.Type = id, ChannelPublicThread
	}
	made := s.addChannel(t)
	return answer{http.StatusCreated, made.Channel}, nil
}

func (s *Server) joinThread(c *call) (answer, error) {
	ch, err := s.channelFor(c, 0)
	if err != nil {
		return answer{}, err
	}
	if err := ch.archived(); err != nil {
		return answer{}, err
	}
	ch.threadMembers[s.options.BotID] = true
	return answer{status: http.StatusNoContent}, nil
}

// JoinThread lets a user into a thread.
func (s *Server) JoinThread(thread, user ID) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if c := s.world.channels[thread]; c != nil && c.thread() {
		c.threadMembers[user] = true
		return
	}
	s.misuse("JoinThread: no thread %s", thread)
}
