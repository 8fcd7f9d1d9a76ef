package ingest

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// strip removes from the tree what is no text of the page: scripts, forms, menus, footers, banners, hidden parts.
func strip(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode || c.Type == html.ElementNode && isChrome(c) {
			n.RemoveChild(c)
		} else {
			strip(c)
		}
		c = next
	}
}

// isChrome reports whether an element is part of the site and not of the article.
func isChrome(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Form, atom.Button, atom.Select,
		atom.Textarea, atom.Input, atom.Nav, atom.Aside, atom.Dialog, atom.Audio, atom.Video, atom.Canvas, atom.Head:
		return true
	case atom.Header, atom.Footer: // of the page; those of an article hold its title and its notes
		return !isIn(n, atom.Article, atom.Main, atom.Section) && !holds(n, atom.H1)
	case atom.Body, atom.Main, atom.Article, atom.Html:
		return false
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu", "menubar", "toolbar", "button":
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	if has(n, "hidden") || attr(n, "aria-hidden") == "true" || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
		return true
	}
	return isChromeName(attr(n, "id")) || isChromeName(attr(n, "class"))
}

// isChromeName reports whether one of the names that authors give to elements says furniture.
func isChromeName(names string) bool {
	for name := range strings.FieldsFuncSeq(strings.ToLower(names), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }) {
		switch name {
		case "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "cookie", "cookies", "consent", "gdpr", "popup", "modal",
			"share", "sharing", "social", "sidebar", "related", "newsletter", "subscribe", "advert", "ads", "promo", "banner", "skip",
			"pagination", "pager", "toolbar", "navheader", "navfooter", "sphinxsidebar", "teaser", "teasers", "headerlink", "comment", "comments", "disqus":
			return true
		}
	}
	return false
}

// has reports whether an element carries an attribute, whatever its value.
func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// isIn reports whether n lies in one of the elements.
func isIn(n *html.Node, elements ...atom.Atom) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if slices.Contains(elements, up.DataAtom) {
			return true
		}
	}
	return false
}

// holds reports whether an element lies within n.
func holds(n *html.Node, element atom.Atom) bool {
	for d := range n.Descendants() {
		if d.DataAtom == element {
			return true
		}
	}
	return false
}
