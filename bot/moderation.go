package bot

// moderationVerbs are the buttons, menus and forms of cards.
func (b *Bot) moderationVerbs() map[string]Action {
	return map[string]Action{
		"hide-restore": {Who: Moderators, Update: true, Run: b.hideRestore},
		"hide-keep":    {Who: Moderators, Update: true, Run: b.hideKeep},
		"card-hide":    {Who: Moderators, Run: b.cardHide},
		"card-dismiss": {Who: Moderators, Run: b.cardDismiss},
		"note-on":      {Who: Moderators, Run: b.noteOn},
		"note-text":    {Who: Moderators, Run: b.notePropose},
		"note-approve": {Who: Moderators, Update: true, Run: b.noteApprove},
		"note-renew":   {Who: Moderators, Update: true, Run: b.noteRenew},
		"note-alone":   {Who: Managers, Update: true, Run: b.noteAlone},
		"note-reject":  {Who: Moderators, Update: true, Run: b.noteReject},
		"note-remove":  {Who: Moderators, Update: true, Run: b.noteReject},
		"note-show":    {Who: Moderators, Run: b.noteShow},
	}
}
