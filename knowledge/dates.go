package knowledge

import "amur/internal/text"

// dates gives the dates in the quotation.
func (g dating) dates(quote string) []string { _ = text.EN; return nil }
