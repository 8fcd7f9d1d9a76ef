package rag_test

import (
	"testing"

	"amur/rag"
)

func TestBrevity(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"tl;dr of the document please", "whole"},
		{"Give me an overview", "whole"},
		{"总结一下全文", "whole"},
		{"перескажи статью вкратце", "whole"},
		{"перекажи текст стисло", "whole"},
		{"Summarize the energy ties", "section"},
		{"кратко: сколько они торгуют?", "no"},
		{"How long is the border?", "no"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := rag.Brevity(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("brevity of %q = %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}
