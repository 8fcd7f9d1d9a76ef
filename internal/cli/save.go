package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// abandoned is the age from which an unfinished file is that of a process that died: writing one takes seconds.
const abandoned = time.Hour

// writeWhole replaces the file at path with data, or leaves it as it was: the data goes into a file beside it, which is
// renamed into place. So at every moment the file at path is the old one or the new one, whole, whatever else writes
// there or dies at the time.
func writeWhole(path string, data []byte) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	sweep(folder, "*"+filepath.Ext(path)+".*.part")
	f, err := os.CreateTemp(folder, filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	err = fill(f, path, data)
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// fill writes data to f, through to the disk, and gives it the permissions of the file that it will replace.
func fill(f *os.File, path string, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if old, statErr := os.Stat(path); err == nil && statErr == nil {
		err = f.Chmod(old.Mode().Perm())
	}
	return errors.Join(err, f.Close())
}

// sweep removes unfinished files that processes left behind when they died. What cannot be removed stays: it does no
// harm but take room.
func sweep(folder, pattern string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if match, err := filepath.Match(pattern, entry.Name()); err != nil || !match {
			continue
		}
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
}

// writable tries to write in a folder, which it makes where it is missing.
func writable(folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, "check.*.part")
	if err != nil {
		return err
	}
	_, err = f.Write([]byte("amur check\n"))
	err = errors.Join(err, f.Close())
	if removeErr := os.Remove(f.Name()); !errors.Is(removeErr, fs.ErrNotExist) {
		err = errors.Join(err, removeErr)
	}
	return err
}
