package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// moment is how a time stands in the file: milliseconds since 1970, null for the zero time.
type moment time.Time

// Value returns what is written.
func (m moment) Value() (driver.Value, error) {
	t := time.Time(m)
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMilli(), nil
}

// Scan takes what is read.
func (m *moment) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*m = moment{}
	case int64:
		*m = moment(time.UnixMilli(v).UTC())
	default:
		return fmt.Errorf("%w: %T where a time should be", ErrDamaged, src)
	}
	return nil
}

// clock is the time by the store's clock, as exact as it is kept.
func (s *Store) clock() time.Time { return s.now().UTC().Truncate(time.Millisecond) }
