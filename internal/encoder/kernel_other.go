//go:build !amd64

package encoder

// newKernel returns the only kernel there is for this processor.
func newKernel(bool) kernel { return portable{} }
