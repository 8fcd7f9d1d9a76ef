package text

import (
	"strconv"
	"strings"
)

// decimal is an exact number c·10^e. Numbers of more than eighteen digits do
// not occur as values; parseDecimal refuses them.
type decimal struct {
	c int64
	e int
}

// parseDecimal reads digits with at most one full stop.
func parseDecimal(s string) (decimal, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	digits := whole + fraction
	if digits == "" || len(digits) > 18 {
		return decimal{}, false
	}
	c, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return decimal{}, false
	}
	return decimal{c, -len(fraction)}.trim(), true
}

// trim brings a number to its one form: no zeros at the end of c.
func (d decimal) trim() decimal {
	if d.c == 0 {
		return decimal{}
	}
	for d.c%10 == 0 {
		d.c /= 10
		d.e++
	}
	return d
}

// shift returns d·10^n.
func (d decimal) shift(n int) decimal {
	if d.c == 0 {
		return d
	}
	d.e += n
	return d
}

// add returns d + x; ok is false when the sum does not fit.
func (d decimal) add(x decimal) (sum decimal, ok bool) {
	for d.e > x.e {
		if d.c > 1e17 || d.c < -1e17 {
			return decimal{}, false
		}
		d.c, d.e = d.c*10, d.e-1
	}
	for x.e > d.e {
		if x.c > 1e17 || x.c < -1e17 {
			return decimal{}, false
		}
		x.c, x.e = x.c*10, x.e-1
	}
	return decimal{d.c + x.c, d.e}.trim(), true
}

// less reports whether d has at most n digits before the point.
func (d decimal) less(n int) bool { return len(strconv.FormatInt(d.c, 10))+d.e <= n }

// int returns d as an integer if it is one of at most nine digits.
func (d decimal) int() (int, bool) {
	d = d.trim()
	if d.e < 0 || d.e > 8 {
		return 0, false
	}
	n := d.c
	for range d.e {
		if n *= 10; n > 999_999_999 || n < -999_999_999 {
			return 0, false
		}
	}
	return int(n), n <= 999_999_999 && n >= -999_999_999
}

func integer(n int) decimal { return decimal{int64(n), 0}.trim() }

// String writes d without an exponent: "2420000000", "-0.5".
func (d decimal) String() string {
	d = d.trim()
	s := strconv.FormatInt(d.c, 10)
	if d.e >= 0 {
		return s + strings.Repeat("0", d.e)
	}
	sign := ""
	if d.c < 0 {
		sign, s = "-", s[1:]
	}
	if pad := -d.e + 1 - len(s); pad > 0 {
		s = strings.Repeat("0", pad) + s
	}
	return sign + s[:len(s)+d.e] + "." + s[len(s)+d.e:]
}
