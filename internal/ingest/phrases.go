package ingest

import (
	"slices"
	"strings"
)

// The classes of words below are those that pages of any publisher put on their furniture. They only tip a balance: what
// is dropped must also have the place and shape of furniture.

// isButton reports whether a line is what is written on a button or a menu entry.
func isButton(text string) bool {
	text = strings.ToLower(strings.Trim(text, " .…»›>«‹<×:"))
	switch text {
	case "close", "menu", "share", "print", "search", "subscribe", "sign in", "sign up", "log in", "login", "register", "download",
		"download pdf", "email", "e-mail", "copy link", "copy", "save", "back", "back to top", "next", "previous", "prev", "home",
		"skip to content", "skip to main content", "accept", "accept all", "reject", "reject all", "read more", "show more", "show less",
		"load more", "more", "see more", "view all", "see all", "listen", "play", "follow", "follow us", "cookie settings", "advertisement",
		"закрыть", "меню", "поделиться", "печать", "распечатать", "поиск", "подписаться", "войти", "регистрация", "скачать", "назад",
		"вперёд", "вперед", "наверх", "главная", "далее", "принять", "принять все", "отклонить", "читать далее", "показать ещё",
		"показать еще", "ещё", "еще", "подробнее", "реклама", "слушать",
		"закрити", "поділитися", "друк", "пошук", "підписатися", "увійти", "завантажити", "читати далі", "головна",
		"关闭", "菜单", "分享", "打印", "搜索", "订阅", "登录", "注册", "下载", "返回", "返回顶部", "首页", "下一页", "上一页", "接受", "全部接受",
		"拒绝", "阅读更多", "更多", "查看更多", "展开", "收起", "广告", "關閉", "選單", "列印", "搜尋", "訂閱", "登入", "註冊", "下載", "首頁":
		return true
	}
	return false
}

// isCommand reports whether a short line tells the reader to do something with the page, as buttons do.
func isCommand(text string) bool {
	first, _, _ := strings.Cut(strings.ToLower(text), " ")
	return words(text) <= 4 && isShort(text) && slices.Contains([]string{
		"view", "show", "open", "close", "see", "read", "share", "download", "print", "save", "copy", "expand", "enlarge", "subscribe",
		"follow", "sign", "log", "listen", "watch", "cite", "click", "показать", "открыть", "закрыть", "смотреть", "читать", "скачать",
		"подписаться", "поделиться", "слушать", "переглянути", "читати", "查看", "打开", "关闭", "阅读", "下载", "分享", "订阅", "点击",
	}, first)
}

// isMore reports whether a line introduces links away from the page: to other articles, to subjects, to what others read.
func isMore(text string) bool {
	text = strings.ToLower(strings.TrimRight(text, " :："))
	for _, start := range []string{
		"more on", "more from", "more about", "more stories", "more news", "read more", "read next", "read also", "up next", "related",
		"you may also", "you might also", "top stories", "top news", "most read", "most popular", "most viewed", "popular now", "trending",
		"latest news", "latest stories", "other news", "don't miss", "don’t miss", "editors' picks", "editor's picks", "editors’ picks",
		"editor’s picks", "sponsored", "tags", "topics", "in this series", "share this", "follow us", "recommended for you",
		"recommended stories", "newsletter", "читайте также", "читать также", "ещё по теме", "еще по теме", "по теме", "материалы по теме",
		"похожие", "другие новости", "другие материалы", "главные новости", "главное за", "популярное", "самое читаемое", "последние новости",
		"новости по теме", "теги", "темы:", "рекомендуем", "читайте ще", "читайте також", "схожі", "популярне", "інші новини", "相关阅读",
		"相关新闻", "相关文章", "相关报道", "更多新闻", "更多文章", "更多报道", "热门", "推荐阅读", "猜你喜欢", "最新消息", "标签", "相關閱讀", "相關新聞",
		"更多新聞", "熱門", "推薦閱讀", "標籤",
	} {
		if rest, ok := strings.CutPrefix(text, start); ok && words(rest) <= 4 {
			return true
		}
	}
	return false
}

// isByline reports whether a line under the title names the author or the outlet.
func isByline(text string) bool {
	text = strings.ToLower(text)
	for _, start := range []string{
		"by ", "author", "written by", "last updated", "updated", "published", "posted", "автор", "текст:", "обновлено", "опубликовано", "источник",
		"作者", "来源", "來源", "记者", "記者", "编辑", "責任", "责任", "发布",
	} {
		if strings.HasPrefix(text, start) {
			return words(text) <= 10
		}
	}
	return false
}

// isLegal reports whether a line states a licence or a copyright: the article has ended there.
func isLegal(text string) bool {
	text = strings.ToLower(text)
	for _, mark := range []string{
		"creative commons", "©", "(c) 19", "(c) 20", "copyright", "all rights reserved", "some rights reserved", "licensed under",
		"все права защищены", "авторские права", "лицензи", "усі права захищено", "版权所有", "版權所有", "许可协议", "授權條款", "著作权",
	} {
		if strings.Contains(text, mark) {
			return words(text) <= 60
		}
	}
	return false
}

// isMasked reports whether a line holds an e-mail address that the page hides from robots, so that nothing is left to know.
func isMasked(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "[email") && strings.Contains(text, "protected]")
}

// hasAddress reports whether a line holds an e-mail address, hidden or plain.
func hasAddress(text string) bool {
	for field := range strings.FieldsSeq(text) {
		name, host, ok := strings.Cut(strings.Trim(field, ".,;:()<>"), "@")
		if ok && name != "" && strings.Contains(host, ".") {
			return true
		}
	}
	return isMasked(text)
}

// dropMarks removes the marks of file types that pages hang on links: "[PDF]".
func dropMarks(text string) string {
	if !strings.Contains(text, "[") {
		return text
	}
	for _, mark := range []string{"PDF", "DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "MP3", "MP4"} {
		text = strings.ReplaceAll(strings.ReplaceAll(text, " ["+mark+"]", ""), "["+mark+"]", "")
	}
	return text
}
