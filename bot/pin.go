package bot

// pinVerbs is what the buttons of drafts, pins, their list and their cards do.
//
//	/summary ──► draft ──► publish ──► fresh ⇄ stale ──► under review
//	                                     └──────┴─────────────┴──► lost
func (b *Bot) pinVerbs() map[string]Action {
	return map[string]Action{
		"draft_publish": {Who: Moderators, Update: true, Run: b.draftPublish},
		"draft_edit":    {Who: Moderators, Update: true, Run: b.draftEdit},
		"draft_form":    {Who: Moderators, Update: true, Heavy: true, Run: b.draftForm},
		"draft_discard": {Who: Moderators, Update: true, Run: b.draftDiscard},
		"draft_open":    {Who: Moderators, Update: true, Run: b.draftOpen},
		"draft_room":    {Who: Moderators, Update: true, Run: b.draftRoom},

		"pin_page":       {Who: Moderators, Update: true, Run: b.pinPage},
		"pin_drafts":     {Who: Moderators, Update: true, Run: b.pinDrafts},
		"pin_show":       {Who: Moderators, Update: true, Run: b.pinShow},
		"pin_card":       {Who: Moderators, Run: b.pinCard},
		"pin_refresh":    {Who: Moderators, Update: true, Run: b.pinRefresh},
		"pin_history":    {Who: Moderators, Update: true, Run: b.pinHistory},
		"pin_update":     {Who: Moderators, Update: true, Heavy: true, Run: b.pinUpdate},
		"pin_figures":    {Who: Moderators, Update: true, Heavy: true, Run: b.pinFigures},
		"pin_keep":       {Who: Moderators, Update: true, Heavy: true, Run: b.pinKeep},
		"pin_unpin":      {Who: Moderators, Update: true, Run: b.pinUnpin},
		"pin_forget":     {Who: Moderators, Update: true, Run: b.pinForget},
		"pin_again":      {Who: Moderators, Update: true, Run: b.pinAgain},
		"pin_again_room": {Who: Moderators, Update: true, Run: b.pinAgainRoom},
		"pin_room":       {Who: Moderators, Update: true, Run: b.pinRoom},
	}
}
