// Package discordtest is a fake Discord over real sockets, REST and gateway, that enforces the platform's rules: time
// limits, lengths, permissions, intents, rate limits. What breaks a rule gets the error that Discord gives, and is kept
// in [Server.Violations]; every call is kept in [Server.Records].
//
//	fake, err := discordtest.New(discordtest.Options{})
//	defer fake.Close()
//	guild := fake.AddGuild(discordtest.Guild{Name: "Amur"})
//	channel := fake.AddChannel(discordtest.Channel{GuildID: guild.ID, Name: "ask"})
//	fake.AddMember(guild.ID, discordtest.Member{User: discordtest.User{ID: "7", Locale: "ru"}})
//	... start the bot against fake.URL() with fake.Token() ...
//	outcome, err := fake.User("7").Slash(guild.ID, channel.ID, "ask", discordtest.Text("question", "...")).Wait(ctx)
//
// A person of the fake sees what a person of Discord sees: a button that is not there, is disabled, or stands on another
// person's private answer cannot be pressed, and trying is an error of the test.
//
// Sources of the rules are the pages of docs.discord.com; a rule known only from elsewhere says so where it is enforced.
//
// It knows nothing of amur and of no Discord library: bodies are read as they came over the wire.
package discordtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// DefaultToken is the bot's token when [Options.Token] is empty.
const DefaultToken = "MTIz.fake.token" //nolint:gosec // opens nothing but the fake

// Options of a fake. The zero value is a Discord as it is, with its real clock and its real intervals.
type Options struct {
	// Addr is the address to listen on; empty is a free port on loopback.
	Addr string
	// Token is the bot's token, without "Bot " before it.
	Token string
	// BotID is the id of the bot's user, and of its application.
	BotID ID
	// BotName is the name of the bot's user.
	BotName string
	// Clock tells the time of every rule about time but heartbeats and rate limits, which are on the wire. Nil is the real one.
	Clock Clock `json:"-"`
	// Heartbeat is the interval that Hello asks for; 0 is 41.25 s.
	Heartbeat time.Duration
	// MessageContent is the switch of the privileged intent in the developer portal.
	MessageContent bool
	// Members is the switch of the privileged intent GUILD_MEMBERS in the developer portal.
	Members bool
	// Identifies is how many Identifies there are in 24 h; 0 is 1000. One more resets the token.
	Identifies int
	// MaxConcurrency is how many Identifies there are in one IdentifyWindow; 0 is 1.
	MaxConcurrency int
	// IdentifyWindow is the time that MaxConcurrency speaks of; 0 is 5 s.
	IdentifyWindow time.Duration
	// Shards is the number that GET /gateway/bot recommends; 0 is 1.
	Shards int
	// RateLimits switches on the counting of requests by bucket and over all.
	RateLimits bool
	// KeepRecords bounds the records (and violations) that are kept, oldest thrown away first; 0 keeps all.
	KeepRecords int
	// KeepMessages bounds the messages that a channel keeps; 0 keeps all. Pinned ones stay.
	KeepMessages int
	// KeepInteractions bounds the interactions that are known, oldest forgotten first; 0 keeps all.
	KeepInteractions int
	// Control serves the routes under /control/ to [Client].
	Control bool
}

// Server is a fake Discord. It is safe for concurrent use.
type Server struct {
	options Options
	clock   Clock
	url     string
	http    *http.Server
	router  *router
	done    chan struct{}

	mutex        sync.Mutex // of all below
	ids          snowflakes
	token        string
	application  Application
	world        world
	commands     commandBook
	interactions interactionBook
	gateway      gateway
	limits       limiter
	faults       []*Fault
	records      recordBook
	changed      map[ID][]chan struct{} // who waits for an interaction or a channel
}

// New starts a fake. Close it in the end.
func New(options Options) (*Server, error) { return listen(context.Background(), options) }

func listen(ctx context.Context, options Options) (*Server, error) {
	if options.Addr == "" {
		options.Addr = "127.0.0.1:0"
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", options.Addr)
	if err != nil {
		return nil, fmt.Errorf("fake discord: %w", err)
	}
	s := newServer(options, "http://"+listener.Addr().String())
	s.http = &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// Serve runs a fake with its control routes until ctx ends. It calls ready with the address as soon as it listens: the
// way to run one in a process of its own.
func Serve(ctx context.Context, options Options, ready func(url string)) error {
	options.Control = true
	s, err := listen(ctx, options)
	if err != nil {
		return err
	}
	ready(s.URL())
	<-ctx.Done()
	s.Close()
	if err := ctx.Err(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func newServer(options Options, url string) *Server {
	if options.Token == "" {
		options.Token = DefaultToken
	}
	if options.BotID == "" {
		options.BotID = "1000000000000000001"
	}
	if options.BotName == "" {
		options.BotName = "amur"
	}
	if options.Clock == nil {
		options.Clock = realClock{}
	}
	if options.Heartbeat == 0 {
		options.Heartbeat = 41250 * time.Millisecond
	}
	if options.Identifies == 0 {
		options.Identifies = 1000
	}
	if options.MaxConcurrency == 0 {
		options.MaxConcurrency = 1
	}
	if options.IdentifyWindow == 0 {
		options.IdentifyWindow = 5 * time.Second
	}
	if options.Shards == 0 {
		options.Shards = 1
	}
	s := &Server{
		options: options, clock: options.Clock, url: url, token: options.Token, done: make(chan struct{}),
		changed: map[ID][]chan struct{}{}, world: newWorld(), commands: newCommandBook(), interactions: newInteractionBook(),
		gateway: newGateway(), limits: newLimiter(),
		application: newApplication(options),
	}
	s.world.users[options.BotID] = &User{ID: options.BotID, Username: options.BotName, Discriminator: "0001", Bot: true, Locale: "en-US"}
	s.router = s.routes()
	return s
}

// Close ends the fake and every connection to it.
func (s *Server) Close() {
	s.mutex.Lock()
	select {
	case <-s.done:
		s.mutex.Unlock()
		return
	default:
	}
	close(s.done)
	for c := range s.gateway.conns {
		c.drop()
	}
	for id := range s.changed {
		s.wake(id)
	}
	s.mutex.Unlock()
	_ = s.http.Close()
}

// URL is the address of the fake; the REST interface stands under URL()/api/v10.
func (s *Server) URL() string { return s.url }

// Token is the bot's token as it is now.
func (s *Server) Token() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.token
}

// BotID is the id of the bot's user and of its application.
func (s *Server) BotID() ID { return s.options.BotID }

// Now is the fake's time.
func (s *Server) Now() time.Time { return s.clock.Now() }

// ResetToken gives the bot another token, as its owner does in the developer portal: connections end with 4004, REST
// answers 401.
func (s *Server) ResetToken(token string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.resetToken(token)
}

func (s *Server) resetToken(token string) {
	s.token = token
	s.gateway.sessions = map[string]*session{}
	for c := range s.gateway.conns {
		c.close(closeAuthentication, "Authentication failed.")
	}
}

// wait returns a channel that is closed at the next change of the interaction or channel named. The mutex is held.
func (s *Server) wait(id ID) <-chan struct{} {
	c := make(chan struct{})
	s.changed[id] = append(s.changed[id], c)
	return c
}

// wake tells those who wait for id. The mutex is held.
func (s *Server) wake(id ID) {
	if c := s.world.channels[id]; c != nil {
		c.changes++
	}
	for _, c := range s.changed[id] {
		close(c)
	}
	delete(s.changed, id)
}

func (s *Server) until(ctx context.Context, id ID, done func() bool) error {
	for {
		s.mutex.Lock()
		if done() {
			s.mutex.Unlock()
			return nil
		}
		change := s.wait(id)
		s.mutex.Unlock()
		select {
		case <-change:
		case <-ctx.Done():
			return ctx.Err()
		case <-s.done:
			return net.ErrClosed
		}
	}
}
