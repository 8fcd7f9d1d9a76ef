package ingest_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"amur/internal/ingest"
)

const (
	russianText = "Паромы\n\nПаром «Марта» связал два берега реки и заменил судно, которое ходило здесь сорок лет.\n"
	chineseText = "渡船\n\n维林和奥斯克两座小镇隔河相望,两百年来一直靠渡船往来。渡船承担了两镇九成的贸易。\n"
	taiwanText  = "渡船\n\n維林和奧斯克兩座小鎮隔河相望,兩百年來一直靠渡船往來。渡船承擔了兩鎮九成的貿易。\n"
	westernText = "Ferries\n\nThe boat’s café serves “crème brûlée” to everyone who crosses the river on a Sunday.\n"
)

func TestEncodings(t *testing.T) {
	t.Parallel()
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) encoding.Encoding {
		return unicode.UTF16(order, mark)
	}
	tests := []struct {
		name string
		enc  encoding.Encoding
		text string
	}{
		{"utf-8", unicode.UTF8, russianText},
		{"utf-8 with a mark", unicode.UTF8BOM, russianText},
		{"utf-16 little-endian with a mark", utf16(unicode.LittleEndian, unicode.UseBOM), russianText},
		{"utf-16 big-endian with a mark", utf16(unicode.BigEndian, unicode.UseBOM), russianText},
		{"utf-16 little-endian", utf16(unicode.LittleEndian, unicode.IgnoreBOM), russianText},
		{"utf-16 big-endian", utf16(unicode.BigEndian, unicode.IgnoreBOM), russianText},
		{"utf-16 little-endian chinese", utf16(unicode.LittleEndian, unicode.IgnoreBOM), chineseText},
		{"utf-16 big-endian chinese", utf16(unicode.BigEndian, unicode.IgnoreBOM), chineseText},
		{"utf-16 english", utf16(unicode.LittleEndian, unicode.IgnoreBOM), westernText},
		{"windows-1251", charmap.Windows1251, russianText},
		{"gb18030", simplifiedchinese.GB18030, chineseText},
		{"gbk", simplifiedchinese.GBK, chineseText},
		{"big5", traditionalchinese.Big5, taiwanText},
		{"windows-1252", charmap.Windows1252, westernText},
		{"koi8-r", charmap.KOI8R, strings.NewReplacer("«", `"`, "»", `"`).Replace(russianText)},
		{"carriage returns", unicode.UTF8, strings.ReplaceAll(westernText, "\n", "\r\n")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := tt.enc.NewEncoder().Bytes([]byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Split(strings.ReplaceAll(tt.text, "\r", ""), "\n")
			for _, name := range []string{"page.txt", "page.md"} {
				doc, err := ingest.File(name, data)
				if err != nil {
					t.Fatalf("File(%q) = %v", name, err)
				}
				if got := doc.Sections[0].Text; got != want[2] && got != want[0]+"\n\n"+want[2] {
					t.Errorf("File(%q) text = %q, want %q", name, got, want[2])
				}
				checkLaws(t, doc)
			}
		})
	}
}

func TestDeclaredCharset(t *testing.T) {
	t.Parallel()
	body := "</head><body><h1>A</h1><p>Да.</p></body></html>"
	tests := []struct {
		name, head string
		enc        encoding.Encoding
	}{
		{"charset attribute", `<html><head><meta charset="windows-1251">`, charmap.Windows1251},
		{"http-equiv", `<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r">`, charmap.KOI8R},
		{"xml declaration", `<?xml version="1.0" encoding="windows-1251"?><html><head>`, charmap.Windows1251},
		{"utf-8 declared as another", `<html><head><meta charset="windows-1251">`, unicode.UTF8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := tt.enc.NewEncoder().Bytes([]byte(tt.head + body))
			if err != nil {
				t.Fatal(err)
			}
			doc, err := ingest.File("a.html", data)
			if err != nil {
				t.Fatalf("File = %v", err)
			}
			if got := doc.Sections[0].Text; got != "Да." {
				t.Errorf("text = %q, want %q", got, "Да.")
			}
		})
	}
}

func TestFileRefuses(t *testing.T) {
	t.Parallel()
	binary := make([]byte, 4096)
	for i := range binary {
		binary[i] = byte(i * i * 31 >> 3)
	}
	tests := []struct {
		name, file string
		data       []byte
		want       error
	}{
		{"empty", "a.txt", nil, ingest.ErrEmpty},
		{"white space", "a.md", []byte(" \n\n\t\n"), ingest.ErrEmpty},
		{"a page of tags", "a.html", []byte("<html><body><nav><a href=/>Home</a></nav></body></html>"), ingest.ErrEmpty},
		{"a heading with nothing under it", "a.md", []byte("# Ties\n"), ingest.ErrEmpty},
		{"binary", "a.txt", binary, ingest.ErrBinary},
		{"zeros", "a.txt", make([]byte, 1000), ingest.ErrBinary},
		{"a picture with a wrong name", "a.html", append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), binary...), ingest.ErrBinary},
		{"another format", "a.docx", []byte("PK\x03\x04"), ingest.ErrFormat},
		{"no format", "README", []byte("text"), ingest.ErrFormat},
		{"a pdf that is none", "a.pdf", []byte("hello"), ingest.ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := ingest.File(tt.file, tt.data)
			if !errors.Is(err, tt.want) || !strings.HasPrefix(err.Error(), tt.file+": ") {
				t.Errorf("File(%q) = %v, want %v named after the file", tt.file, err, tt.want)
			}
			if doc.ID != "" || doc.Sections != nil {
				t.Errorf("File(%q) = %+v beside an error, want nothing", tt.file, doc)
			}
		})
	}
}

func TestHostileShapes(t *testing.T) {
	t.Parallel()
	sentence := "The ferries carry nine tenths of the trade between the two towns. "
	tests := []struct {
		name, file string
		data       string
		want       string // part of the error; empty when the file must be read
	}{
		{"html of 100,000 levels", "a.html", strings.Repeat("<div>", 100_000) + sentence, "nested deeper"},
		{"html of misnested tags", "a.html", strings.Repeat("<a><b><i><font><p>", 20_000) + sentence, ""},
		{"html of one long paragraph", "a.html", "<p>" + strings.Repeat(sentence, 20_000), ""},
		{"text of one long line", "a.txt", strings.Repeat(sentence, 160_000), ""},
		{"text of short lines", "a.txt", strings.Repeat("a b\n\n", 200_000), ""},
		{"text of headings", "a.txt", strings.Repeat("Ferries\n\n"+sentence+"\n\n", 20_000), ""},
		{"markdown of quotations", "a.md", strings.Repeat(">", 100_000) + sentence, "nested deeper"},
		{"markdown of one long line", "a.md", strings.Repeat(sentence, 160_000), ""},
		{"markdown of brackets", "a.md", strings.Repeat("[a](b", 50_000) + sentence, ""},
		{"markdown of wide tables", "a.md", strings.Repeat("| a ", 30_000) + "\n" + strings.Repeat("|---", 30_000) + "\n", "columns"},
		{"markdown of equal headings", "a.md", strings.Repeat("# Ferries\n\n"+sentence+"\n\n", 20_000), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := ingest.File(tt.file, []byte(tt.data))
			switch {
			case tt.want == "" && err != nil && !errors.Is(err, ingest.ErrEmpty):
				t.Errorf("File = %v, want a document", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("File = %v, want an error that says %q", err, tt.want)
			case err == nil && len(doc.Sections) == 0:
				t.Error("File found no section")
			}
		})
	}
}
