package rag

import (
	"fmt"
	"strings"

	"amur/internal/text"
)

// phrases are the bot's own sentences in one language. They say what happened, then what to do; they never repeat the
// question.
type phrases struct {
	notInDocuments   string // the documents do not say
	newest           string // %s: the newest date in the documents
	closestAbout     string // %s: heading of the nearest section
	declined         string // posts, roles, prompts, pings
	noPosition       string
	care             string
	hello            string
	examples         string // leads in two example questions
	quotedIn         string // leads in quotations in another language than the frame; %s: that language
	rendered         string // leads in quotations whose characters the program rendered
	modelAway        string // what a reader is told where quotations stand for a model's words
	modelSlow        string
	modelBudget      string
	modelUnsupported string
	modelNever       string
	languages        map[text.Lang]string
	months           [12]string // as in "the newest is from …"
	year             string     // %d
	monthYear        string     // %[1]s month, %[2]d year
	dayMonthYear     string     // %[3]d day
	monthsOf         [12]string // as in "day … year"
}

// phrasesIn returns the phrases of a language; languages without phrases of their own get the English ones.
func phrasesIn(lang text.Lang) phrases {
	switch lang {
	case text.RU:
		return russianPhrases()
	case text.UK:
		return ukrainianPhrases()
	case text.ZH:
		return chinesePhrases()
	case text.ZHHant:
		return taiwanesePhrases()
	}
	return englishPhrases()
}

func englishPhrases() phrases {
	months := [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	return phrases{
		notInDocuments:   "My documents don't answer this.",
		newest:           "The newest thing in them is from %s.",
		closestAbout:     "The closest section is “%s”.",
		declined:         "I only quote documents about China and Russia. I don't take on roles, reveal settings, ping people, or write posts, speeches or slogans for any side.",
		noPosition:       "I take no position on this.",
		care:             "I'm sorry. I'm an automated reference and not the right one to talk to. Please turn to somebody you trust, or to a local emergency or crisis line.",
		hello:            "Hello. I answer questions about relations between China and Russia, with sources.",
		examples:         "You can ask, for instance:",
		quotedIn:         "The documents say, in %s:",
		modelAway:        "The language model isn't available, so these are direct quotes.",
		modelSlow:        "The language model took too long, so these are direct quotes.",
		modelBudget:      "Today's allowance for worded answers is used up, so these are direct quotes.",
		modelUnsupported: "Nothing the language model wrote stood up to the check, so these are direct quotes.",
		modelNever:       "On this subject I only quote.",
		languages:        map[text.Lang]string{text.EN: "English", text.RU: "Russian", text.UK: "Ukrainian", text.ZH: "Chinese", text.ZHHant: "Chinese"},
		months:           months, monthsOf: months,
		year: "%d", monthYear: "%[1]s %[2]d", dayMonthYear: "%[3]d %[1]s %[2]d",
	}
}

func russianPhrases() phrases {
	return phrases{
		notInDocuments:   "В моих документах ответа нет.",
		newest:           "Самое позднее в них — %s.",
		closestAbout:     "Ближайший раздел — «%s».",
		declined:         "Я только цитирую документы о Китае и России. Я не играю ролей, не раскрываю настроек, никого не зову и не пишу постов, речей и лозунгов ни для одной стороны.",
		noPosition:       "Позиции я не занимаю.",
		care:             "Сочувствую. Я автоматический справочник и для такого разговора не гожусь. Пожалуйста, обратитесь к тому, кому доверяете, или в местную службу экстренной или психологической помощи.",
		hello:            "Здравствуйте. Я отвечаю на вопросы об отношениях Китая и России, с источниками.",
		examples:         "Можно спросить, скажем, так:",
		quotedIn:         "В документах, цитаты на языке оригинала (%s):",
		modelAway:        "Языковая модель недоступна, поэтому ниже прямые цитаты.",
		modelSlow:        "Языковая модель не ответила вовремя, поэтому ниже прямые цитаты.",
		modelBudget:      "Сегодняшний запас ответов языковой модели исчерпан, поэтому ниже прямые цитаты.",
		modelUnsupported: "Ничто из написанного языковой моделью не прошло проверку, поэтому ниже прямые цитаты.",
		modelNever:       "На эту тему я отвечаю только цитатами.",
		languages:        map[text.Lang]string{text.EN: "английский", text.RU: "русский", text.UK: "украинский", text.ZH: "китайский", text.ZHHant: "китайский"},
		months:           [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
		monthsOf:         [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
		year:             "%d год", monthYear: "%[1]s %[2]d года", dayMonthYear: "%[3]d %[1]s %[2]d года",
	}
}

func ukrainianPhrases() phrases {
	return phrases{
		notInDocuments:   "У моїх документах відповіді немає.",
		newest:           "Найновіше в них — %s.",
		closestAbout:     "Найближчий розділ — «%s».",
		declined:         "Я лише цитую документи про Китай і Росію. Я не граю ролей, не розкриваю налаштувань, нікого не кличу й не пишу дописів, промов чи гасел для жодної сторони.",
		noPosition:       "Я не займаю позиції.",
		care:             "Співчуваю. Я автоматичний довідник і не надаюся для такої розмови. Будь ласка, зверніться до того, кому довіряєте, або до місцевої служби екстреної чи психологічної допомоги.",
		hello:            "Доброго дня. Я відповідаю на запитання про відносини Китаю та Росії, з джерелами.",
		examples:         "Можна спитати, скажімо, так:",
		quotedIn:         "У документах, цитати мовою оригіналу (%s):",
		modelAway:        "Мовна модель недоступна, тому нижче прямі цитати.",
		modelSlow:        "Мовна модель не відповіла вчасно, тому нижче прямі цитати.",
		modelBudget:      "Сьогоднішній запас відповідей мовної моделі вичерпано, тому нижче прямі цитати.",
		modelUnsupported: "Ніщо з написаного мовною моделлю не пройшло перевірки, тому нижче прямі цитати.",
		modelNever:       "На цю тему я відповідаю лише цитатами.",
		languages:        map[text.Lang]string{text.EN: "англійська", text.RU: "російська", text.UK: "українська", text.ZH: "китайська", text.ZHHant: "китайська"},
		months:           [12]string{"січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень"},
		monthsOf:         [12]string{"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня"},
		year:             "%d рік", monthYear: "%[1]s %[2]d року", dayMonthYear: "%[3]d %[1]s %[2]d року",
	}
}

func chinesePhrases() phrases {
	return phrases{
		notInDocuments:   "我的资料里没有答案。",
		newest:           "资料最新到%s。",
		closestAbout:     "最接近的章节是“%s”。",
		declined:         "我只引用有关中国和俄罗斯的资料，不扮演角色、不透露设置、不提醒他人，也不替任何一方写帖子、讲稿或口号。",
		noPosition:       "我不表态。",
		care:             "很抱歉听到这些。我只是自动资料工具，不适合谈这些。请联系你信任的人，或拨打当地的紧急求助或心理援助热线。",
		hello:            "我回答有关中俄关系的问题，并注明出处。",
		examples:         "可以这样问：",
		quotedIn:         "资料原文（%s）：",
		modelAway:        "语言模型暂不可用，以下为直接引文。",
		modelSlow:        "语言模型未能及时作答，以下为直接引文。",
		modelBudget:      "今天的语言模型额度已用完，以下为直接引文。",
		modelUnsupported: "语言模型所写的内容均未通过核对，以下为直接引文。",
		modelNever:       "关于这个话题，我只引用原文。",
		languages:        map[text.Lang]string{text.EN: "英文", text.RU: "俄文", text.UK: "乌克兰文", text.ZH: "中文", text.ZHHant: "中文"},
		months:           chineseMonths(), monthsOf: chineseMonths(),
		year: "%d年", monthYear: "%[2]d年%[1]s", dayMonthYear: "%[2]d年%[1]s%[3]d日",
	}
}

func taiwanesePhrases() phrases {
	return phrases{
		notInDocuments:   "我的資料裡沒有答案。",
		newest:           "資料最新到%s。",
		closestAbout:     "最接近的章節是「%s」。",
		declined:         "我只引用有關中國和俄羅斯的資料，不扮演角色、不透露設定、不提醒他人，也不替任何一方寫貼文、講稿或口號。",
		noPosition:       "我不表態。",
		care:             "很抱歉聽到這些。我只是自動資料工具，不適合談這些。請聯絡你信任的人，或撥打當地的緊急求助或心理諮詢專線。",
		hello:            "我回答有關中俄關係的問題，並註明出處。",
		examples:         "可以這樣問：",
		quotedIn:         "資料原文（%s）：",
		rendered:         "（資料原文為簡體字，以下由程式轉為繁體。）",
		modelAway:        "語言模型暫時無法使用，以下為直接引文。",
		modelSlow:        "語言模型未能及時作答，以下為直接引文。",
		modelBudget:      "今天的語言模型額度已用完，以下為直接引文。",
		modelUnsupported: "語言模型所寫的內容均未通過核對，以下為直接引文。",
		modelNever:       "關於這個話題，我只引用原文。",
		languages:        map[text.Lang]string{text.EN: "英文", text.RU: "俄文", text.UK: "烏克蘭文", text.ZH: "簡體中文", text.ZHHant: "中文"},
		months:           chineseMonths(), monthsOf: chineseMonths(),
		year: "%d年", monthYear: "%[2]d年%[1]s", dayMonthYear: "%[2]d年%[1]s%[3]d日",
	}
}

func chineseMonths() [12]string {
	var out [12]string
	for i := range out {
		out[i] = fmt.Sprintf("%d月", i+1)
	}
	return out
}

// date renders YYYY, YYYY-MM or YYYY-MM-DD for a reader; anything else comes back as it is.
func (p phrases) date(iso string) string {
	var y, m, d int
	switch n, _ := fmt.Sscanf(iso, "%d-%d-%d", &y, &m, &d); {
	case n == 3 && m >= 1 && m <= 12:
		return fmt.Sprintf(p.dayMonthYear, p.monthsOf[m-1], y, d)
	case n == 2 && m >= 1 && m <= 12:
		return fmt.Sprintf(p.monthYear, p.months[m-1], y)
	case n == 1:
		return fmt.Sprintf(p.year, y)
	}
	return iso
}

// line joins sentences of the bot's own in the way of the language: with a space, in Chinese without.
func line(lang text.Lang, sentences ...string) string {
	sep := " "
	if lang == text.ZH || lang == text.ZHHant {
		sep = ""
	}
	var kept []string
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}
