package store

import (
	"context"
	"errors"
	"iter"
	"time"
)

var errStub = errors.ErrUnsupported

func ParseKey(secret string) (Key, error)                 { return Key{}, errStub }
func KeyFile(path string) (key Key, made bool, err error) { return Key{}, false, errStub }

func (s *Store) Settings(ctx context.Context, server Server) (Settings, error) {
	return Settings{}, errStub
}
func (s *Store) SaveSettings(ctx context.Context, server Server, settings Settings, by Member) error {
	return errStub
}

func (s *Store) BeginPin(ctx context.Context, p Pin) (Pin, error) { return Pin{}, errStub }
func (s *Store) PinSent(ctx context.Context, server Server, id PinID, m Message) error {
	return errStub
}
func (s *Store) PinPublished(ctx context.Context, server Server, id PinID) (Pin, error) {
	return Pin{}, errStub
}
func (s *Store) AbandonPin(ctx context.Context, server Server, id PinID) error { return errStub }
func (s *Store) PendingPins(ctx context.Context) ([]Pin, error)                { return nil, errStub }
func (s *Store) Pin(ctx context.Context, server Server, id PinID) (Pin, error) { return Pin{}, errStub }
func (s *Store) PinByMessage(ctx context.Context, server Server, m Message) (Pin, error) {
	return Pin{}, errStub
}
func (s *Store) Pins(ctx context.Context, server Server) ([]Pin, error) { return nil, errStub }
func (s *Store) AllPins(ctx context.Context) iter.Seq2[Pin, error]      { return nil }
func (s *Store) SavePin(ctx context.Context, p Pin, by Member, what string) (Pin, error) {
	return Pin{}, errStub
}
func (s *Store) RemovePin(ctx context.Context, server Server, id PinID) error { return errStub }
func (s *Store) PinHistory(ctx context.Context, server Server, id PinID) ([]PinEvent, error) {
	return nil, errStub
}

func (s *Store) SaveDraft(ctx context.Context, d Draft) (Draft, error) { return Draft{}, errStub }
func (s *Store) Draft(ctx context.Context, server Server, author Member, id DraftID) (Draft, error) {
	return Draft{}, errStub
}
func (s *Store) Drafts(ctx context.Context, server Server, author Member) ([]Draft, error) {
	return nil, errStub
}
func (s *Store) DropDraft(ctx context.Context, server Server, author Member, id DraftID) error {
	return errStub
}

func (s *Store) AddHide(ctx context.Context, h Hide) (hide Hide, first bool, err error) {
	return Hide{}, false, errStub
}
func (s *Store) Hide(ctx context.Context, server Server, id HideID) (Hide, error) {
	return Hide{}, errStub
}
func (s *Store) Hides(ctx context.Context, server Server) ([]Hide, error) { return nil, errStub }
func (s *Store) Hidden(ctx context.Context, server Server) (map[string]time.Time, error) {
	return nil, errStub
}
func (s *Store) RestoreHide(ctx context.Context, server Server, id HideID) error { return errStub }
func (s *Store) KeepHide(ctx context.Context, server Server, id HideID, by Member) (Hide, error) {
	return Hide{}, errStub
}
func (s *Store) SetHideCard(ctx context.Context, server Server, id HideID, c Channel, m Message) error {
	return errStub
}

func (s *Store) ProposeNote(ctx context.Context, n Note) (Note, error) { return Note{}, errStub }
func (s *Store) ApproveNote(ctx context.Context, server Server, id NoteID, by Member, alone bool) (Note, error) {
	return Note{}, errStub
}
func (s *Store) RemoveNote(ctx context.Context, server Server, id NoteID) error { return errStub }
func (s *Store) Note(ctx context.Context, server Server, id NoteID) (Note, error) {
	return Note{}, errStub
}
func (s *Store) Notes(ctx context.Context, server Server) ([]Note, error) { return nil, errStub }
func (s *Store) NotesFor(ctx context.Context, server Server, targets []string) ([]Note, error) {
	return nil, errStub
}
func (s *Store) SetNoteCard(ctx context.Context, server Server, id NoteID, c Channel, m Message) error {
	return errStub
}

func (s *Store) Pause(ctx context.Context, server Server, channel Channel, until time.Time) error {
	return errStub
}
func (s *Store) Unpause(ctx context.Context, server Server, channel Channel) error { return errStub }
func (s *Store) PausedUntil(ctx context.Context, server Server, channels ...Channel) (time.Time, error) {
	return time.Time{}, errStub
}
func (s *Store) Block(ctx context.Context, server Server, m Member, until time.Time) error {
	return errStub
}
func (s *Store) Unblock(ctx context.Context, server Server, m Member) error { return errStub }
func (s *Store) Blocked(ctx context.Context, server Server, m Member) (until time.Time, blocked bool, err error) {
	return time.Time{}, false, errStub
}

func (s *Store) Vote(ctx context.Context, server Server, id AnswerID, m Member, helpful bool, reason string) (Votes, error) {
	return Votes{}, errStub
}
func (s *Store) Votes(ctx context.Context, server Server, id AnswerID) (Votes, error) {
	return Votes{}, errStub
}
func (s *Store) AddReport(ctx context.Context, r Report) (card Card, first bool, err error) {
	return Card{}, false, errStub
}
func (s *Store) Card(ctx context.Context, server Server, id CardID) (Card, error) {
	return Card{}, errStub
}
func (s *Store) Cards(ctx context.Context, server Server) ([]Card, error) { return nil, errStub }
func (s *Store) UnpostedCards(ctx context.Context) ([]Card, error)        { return nil, errStub }
func (s *Store) SetCardMessage(ctx context.Context, server Server, id CardID, c Channel, m Message) error {
	return errStub
}
func (s *Store) CloseCard(ctx context.Context, server Server, id CardID, state CardState, by Member) (Card, error) {
	return Card{}, errStub
}

func (s *Store) SaveAnswer(ctx context.Context, a Answer) error { return errStub }
func (s *Store) AddAnswerMessages(ctx context.Context, server Server, id AnswerID, messages ...Message) error {
	return errStub
}
func (s *Store) Answer(ctx context.Context, server Server, id AnswerID) (Answer, error) {
	return Answer{}, errStub
}
func (s *Store) AnswerByMessage(ctx context.Context, server Server, m Message) (Answer, error) {
	return Answer{}, errStub
}
func (s *Store) AnswersTo(ctx context.Context, server Server, asking Message) ([]Answer, error) {
	return nil, errStub
}
func (s *Store) AnswersOfIncident(ctx context.Context, incident string) ([]Answer, error) {
	return nil, errStub
}
func (s *Store) AskedBy(ctx context.Context, server Server, id AnswerID, m Member) (bool, error) {
	return false, errStub
}
func (s *Store) DropAnswer(ctx context.Context, server Server, id AnswerID) error { return errStub }

func (s *Store) Take(ctx context.Context, server Server, m Member, a Allowance) (Taken, error) {
	return Taken{}, errStub
}
func (s *Store) GiveBack(ctx context.Context, t Taken) error { return errStub }
func (s *Store) FirstToday(ctx context.Context, server Server, m Member, what string) (bool, error) {
	return false, errStub
}

func (s *Store) AddQuestion(ctx context.Context, q Question) error { return errStub }
func (s *Store) Questions(ctx context.Context, server Server, since time.Time) ([]Question, error) {
	return nil, errStub
}
func (s *Store) AllQuestions(ctx context.Context, since time.Time) iter.Seq2[Question, error] {
	return nil
}
func (s *Store) ForgetQuestions(ctx context.Context, server Server) error    { return errStub }
func Askers(questions []Question) int                                        { return 0 }
func (s *Store) Count(ctx context.Context, server Server, what string) error { return errStub }
func (s *Store) Counts(ctx context.Context, server Server, since time.Time) ([]Count, error) {
	return nil, errStub
}

func (s *Store) Joined(ctx context.Context, server Server) error                  { return errStub }
func (s *Store) Removed(ctx context.Context, server Server) error                 { return errStub }
func (s *Store) Servers(ctx context.Context) ([]ServerState, error)               { return nil, errStub }
func (s *Store) Sweep(ctx context.Context) (Swept, error)                         { return Swept{}, errStub }
func (s *Store) EraseServer(ctx context.Context, server Server) error             { return errStub }
func (s *Store) EraseMember(ctx context.Context, m Member) error                  { return errStub }
func (s *Store) EraseMemberIn(ctx context.Context, server Server, m Member) error { return errStub }
func (s *Store) ExportMember(ctx context.Context, m Member) (MemberExport, error) {
	return MemberExport{}, errStub
}
func (s *Store) ExportServer(ctx context.Context, server Server) (ServerExport, error) {
	return ServerExport{}, errStub
}

func (s *Store) AddIdentify(ctx context.Context, at time.Time) error               { return errStub }
func (s *Store) IdentifiesSince(ctx context.Context, since time.Time) (int, error) { return 0, errStub }
func (s *Store) Commands(ctx context.Context, application string) (Commands, error) {
	return Commands{}, errStub
}
func (s *Store) SaveCommands(ctx context.Context, application string, c Commands) error {
	return errStub
}

func (s *Store) Copied() string                                             { return "" }
func (s *Store) Backup(ctx context.Context, file string) error              { return errStub }
func Restore(ctx context.Context, from, to string) (kept string, err error) { return "", errStub }
