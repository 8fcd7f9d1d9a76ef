package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/config"
	"amur/internal/store"
	"amur/internal/web"
)

// drainTime is how long open answers may take to finish when the process is asked to end.
const drainTime = 25 * time.Second

func newServe(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Be the bot in Discord",
		Long: `serve connects to Discord with the token in AMUR_DISCORD_TOKEN and answers until it is stopped. SIGTERM lets open answers
finish; SIGHUP, or a change of the settings file or of the folder of documents, reads both anew: whole, or not at all.`,
		Example: `  AMUR_DISCORD_TOKEN_FILE=/run/secrets/token amur serve`,
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context()) },
	}
}

// service is a running bot with what belongs to it.
type service struct {
	app     *app
	log     *slog.Logger
	state   *store.Store
	metrics *web.Metrics
	client  *discord.Client
	bot     *bot.Bot
}

func (a *app) serve(ctx context.Context) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	if !cfg.Discord.Token.IsSet() {
		return usageError{hintError{
			errors.New("no bot token: set AMUR_DISCORD_TOKEN, or AMUR_DISCORD_TOKEN_FILE to a file that holds it"),
			`to ask without Discord: amur ask "Are China and Russia allies?"`,
		}}
	}
	s := service{app: a, log: a.logger(cfg)}
	if s.state, err = openState(ctx, cfg.Store); err != nil {
		return err
	}
	defer s.close()
	edition, err := s.edition(ctx, cfg)
	if err != nil {
		return err
	}
	if err := s.connect(ctx, cfg, edition); err != nil {
		return err
	}
	return s.run(ctx, cfg)
}

// connect puts bot and client together.
func (s *service) connect(ctx context.Context, cfg config.Config, edition *bot.Edition) error {
	var err error
	s.client, err = discord.Open(ctx, discord.Options{
		Token: cfg.Discord.Token.Reveal(), API: cfg.Discord.API, Shards: cfg.Discord.Shards, Version: programVersion(),
		Log: s.log, Identifies: identifies{s.state}, Handler: s.handler(),
	})
	if errors.Is(err, discord.ErrUnauthorized) {
		return hintError{err, "Discord does not know this token: reset it in the developer portal (Bot, Reset Token) and set AMUR_DISCORD_TOKEN anew"}
	}
	if err != nil {
		return fmt.Errorf("discord: %w", err)
	}
	s.metrics = web.NewMetrics(web.Options{Version: programVersion(), Commands: bot.Names()})
	s.bot, err = bot.New(bot.Options{
		Discord: s.client, Store: s.state, Edition: edition, Log: s.log, Observe: s.observe, Policy: policy(cfg),
	})
	if err != nil {
		return err
	}
	s.loaded(edition)
	return nil
}

// handler passes events on to the bot, which is there before the connection is.
func (s *service) handler() discord.Handler {
	return discord.Handler{
		Interaction:    func(ctx context.Context, in discord.Interaction) { s.bot.Handler().Interaction(ctx, in) },
		Message:        func(ctx context.Context, m discord.Message) { s.bot.Handler().Message(ctx, m) },
		MessageEdited:  func(ctx context.Context, m discord.Message) { s.bot.Handler().MessageEdited(ctx, m) },
		MessageDeleted: func(ctx context.Context, g discord.GuildID, c discord.ChannelID, m []discord.MessageID) { s.bot.Handler().MessageDeleted(ctx, g, c, m) },
		PinsChanged:    func(ctx context.Context, g discord.GuildID, c discord.ChannelID) { s.bot.Handler().PinsChanged(ctx, g, c) },
		ChannelDeleted: func(ctx context.Context, g discord.GuildID, c discord.ChannelID) { s.bot.Handler().ChannelDeleted(ctx, g, c) },
		GuildJoined:    func(ctx context.Context, g discord.Guild) { s.bot.Handler().GuildJoined(ctx, g) },
		GuildRemoved:   func(ctx context.Context, g discord.GuildID) { s.bot.Handler().GuildRemoved(ctx, g) },
		Connected:      func(ctx context.Context, g []discord.GuildID) { s.bot.Handler().Connected(ctx, g) },
	}
}

// run serves until ctx ends, then lets open answers finish.
func (s *service) run(ctx context.Context, cfg config.Config) error {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var listener net.Listener
	if cfg.Admin.Listen != "" {
		var err error
		if listener, err = net.Listen("tcp", cfg.Admin.Listen); err != nil {
			return hintError{fmt.Errorf("admin listener: %w", err), "set admin.listen to an address that is free, or to nothing for none"}
		}
	}
	failed := make(chan error, 2)
	var group sync.WaitGroup
	group.Go(func() {
		if err := s.client.Run(working); err != nil {
			failed <- fmt.Errorf("discord: %w", err)
		}
	})
	group.Go(func() { s.bot.Run(working) })
	group.Go(func() { s.watchChanges(working, cfg) })
	group.Go(func() { s.gauge(working) })
	if listener != nil {
		admin := web.Admin{Ready: s.ready, Metrics: s.metrics.Handler(), Log: s.log}
		group.Go(func() {
			if err := admin.Serve(working, listener); err != nil {
				failed <- fmt.Errorf("admin listener: %w", err)
			}
		})
	}
	s.log.InfoContext(ctx, "serving", "version", programVersion(), "edition", s.bot.Edition().Name, "application_id", s.client.Application().ID)
	var err error
	select {
	case <-ctx.Done():
		s.drain(working)
	case err = <-failed:
	}
	stop()
	group.Wait()
	s.log.InfoContext(working, "stopped")
	return err
}

func (s *service) drain(ctx context.Context) {
	s.log.InfoContext(ctx, "stopping: open answers finish first")
	limited, cancel := context.WithTimeout(ctx, drainTime)
	defer cancel()
	if err := s.bot.Drain(limited); err != nil {
		s.log.WarnContext(ctx, "stopped early", "err", err)
	}
}

func (s *service) close() {
	if err := s.state.Close(); err != nil {
		s.log.Error("state not closed", "err", err)
	}
}

// identifies keeps in the state when the bot identified itself.
type identifies struct{ state *store.Store }

func (i identifies) Add(ctx context.Context, at time.Time) error { return i.state.AddIdentify(ctx, at) }

func (i identifies) Since(ctx context.Context, start time.Time) (int, error) {
	return i.state.IdentifiesSince(ctx, start)
}

// policy is what the settings say on how the bot behaves.
func policy(cfg config.Config) bot.Policy {
	return bot.Policy{
		Operator: bot.Operator{Name: cfg.Operator.Name, Contact: cfg.Operator.Contact, TermsURL: cfg.Operator.TermsURL},
		Links:    bot.Links{Mode: cfg.Links.Mode, Deny: cfg.Links.Deny},
		Servers: bot.Servers{
			Allow: cfg.Servers.Allow, Deny: cfg.Servers.Deny, NoModel: !cfg.Servers.UseModel,
			MaxRetentionDays: cfg.Servers.MaxRetentionDays, MaxDailyPerMember: cfg.Servers.MaxDailyPerMember, MaxDailyPerServer: cfg.Servers.MaxDailyPerServer,
		},
		Limits: bot.Limits{
			Workers: cfg.Limits.Workers, Queue: cfg.Limits.Queue, PublicPerMinute: cfg.Limits.PublicPerMinute,
			Cooldown: cfg.Limits.Cooldown, Wait: time.Duration(cfg.Limits.MinMinutesOnServer) * time.Minute,
			PerMember: cfg.Limits.DailyPerMember, PerServer: cfg.Limits.DailyPerServer,
		},
		DM: bot.DM(cfg.DM),
	}
}
