// Package modeltest stands for the real one: nothing in this file is an offence.
package modeltest
