package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"amur/bot"
	"amur/bot/discord"
	"amur/internal/config"
	"amur/internal/store"
	"amur/internal/web"
)

// spare is how many events are handled at once beside those of questions that wait or are looked up.
const spare = 256

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
	live    atomic.Pointer[live] // nil until documents are read and Discord has said who the bot is
}

// live is what speaks.
type live struct {
	client *discord.Client
	bot    *bot.Bot
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
	if copied := s.state.Copied(); copied != "" {
		s.log.InfoContext(ctx, "state brought up to date; a copy of it as it was is kept", "copy", copied)
	}
	s.metrics = web.NewMetrics(web.Options{Version: programVersion(), Commands: append(bot.Names(), "mention"), Refresh: s.look})
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var group sync.WaitGroup
	defer group.Wait()
	defer stop()
	failed := make(chan error, 1)
	if err := s.tell(working, cfg, &group, failed); err != nil {
		return err
	}
	edition, err := s.edition(ctx, cfg)
	if err != nil {
		return err
	}
	if err := s.connect(ctx, cfg, edition); err != nil {
		return err
	}
	s.run(working, cfg, &group)
	select {
	case <-ctx.Done():
		s.drain(working)
	case err = <-failed:
	}
	return err
}

// tell opens the admin listener, so that it can be seen from the start how the process does.
func (s *service) tell(ctx context.Context, cfg config.Config, group *sync.WaitGroup, failed chan<- error) error {
	if cfg.Admin.Listen == "" {
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", cfg.Admin.Listen)
	if err != nil {
		return hintError{fmt.Errorf("admin listener: %w", err), "set admin.listen to an address that is free, or in the settings file to \"\" for none"}
	}
	admin := web.Admin{Ready: s.ready, Metrics: s.metrics.Handler(), Log: s.log}
	group.Go(func() {
		if err := admin.Serve(ctx, listener); err != nil {
			failed <- fmt.Errorf("admin listener: %w", err)
		}
	})
	return nil
}

// connect puts bot and client together.
func (s *service) connect(ctx context.Context, cfg config.Config, edition *bot.Edition) error {
	client, err := discord.Open(ctx, discord.Options{
		Token: cfg.Discord.Token.Reveal(), API: cfg.Discord.API, Shards: cfg.Discord.Shards, Version: programVersion(),
		Log: s.log, Identifies: identifies{s.state}, Workers: cfg.Limits.Workers + cfg.Limits.Queue + spare,
	})
	if errors.Is(err, discord.ErrUnauthorized) {
		return hintError{err, "Discord does not know this token: reset it in the developer portal (Bot, Reset Token) and set AMUR_DISCORD_TOKEN anew"}
	}
	if err != nil {
		return hintError{fmt.Errorf("discord: %w", err), "see that this machine reaches discord.com; discord.api names another address, such as that of a proxy"}
	}
	b, err := bot.New(bot.Options{
		Discord: client, Store: s.state, Edition: edition, Log: s.log, Observe: s.observe, Policy: policy(cfg), Content: cfg.Log.Content,
	})
	if err != nil {
		return err
	}
	s.live.Store(&live{client, b})
	s.loaded(edition)
	return nil
}

// run answers until ctx ends.
func (s *service) run(ctx context.Context, cfg config.Config, group *sync.WaitGroup) {
	l := s.live.Load()
	group.Go(func() { l.client.Run(ctx, l.bot.Handler()) })
	group.Go(func() { l.bot.Run(ctx) })
	group.Go(func() { s.watchChanges(ctx, cfg) })
	s.log.InfoContext(ctx, "serving", "version", programVersion(), "edition", l.bot.Edition().Name, "application_id", l.client.Application().ID)
}

func (s *service) drain(ctx context.Context) {
	s.log.InfoContext(ctx, "stopping: open answers finish first")
	limited, cancel := context.WithTimeout(ctx, drainTime)
	defer cancel()
	if err := s.live.Load().bot.Drain(limited); err != nil {
		s.log.WarnContext(ctx, "stopped early", "err", err)
	}
	s.log.InfoContext(ctx, "stopped")
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
		Operator: bot.Operator{Name: cfg.Operator.Name, Contact: cfg.Operator.Contact, TermsURL: cfg.Operator.TermsURL, ModelProvider: provider(cfg.LLM)},
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

// provider names who runs the language model, for /privacy: the host of its address.
func provider(cfg config.LLM) string {
	u, err := url.Parse(cfg.BaseURL)
	if err != nil || !cfg.Enabled() {
		return ""
	}
	return u.Hostname()
}
