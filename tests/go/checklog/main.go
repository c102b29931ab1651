// Checklog answers questions about the log with code that is not ours: Go's sumdb/note and sumdb/tlog.
//
// Each line of standard input is one question in JSON; each line of the answer is "ok" or "refused" and why.
// Bytes are base64. Kinds: note (open it), record (an entry with its tlog-proof), tree (one checkpoint continues
// another), tiles (prove every entry from a folder of tiles), sign (make a note, to see whether ours opens it).
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Kind  string
	VKey  string
	SKey  string
	Note  []byte
	Old   []byte
	Entry []byte
	Proof []byte
	Path  []string
	Dir   string
	Text  string
}

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func open(vkey string, data []byte) (checkpoint, error) {
	var told checkpoint
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return told, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return told, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return told, errors.New("not a checkpoint of this log")
	}
	told.origin = lines[0]
	if told.size, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return told, err
	}
	told.root, err = tlog.ParseHash(lines[2])
	return told, err
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		found = append(found, hash)
	}
	return found, nil
}

func checkRecord(asked question) error {
	head, signed, cut := strings.Cut(string(asked.Proof), "\n\n")
	lines := strings.Split(head, "\n")
	if !cut || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("not a tlog-proof")
	}
	told, err := open(asked.VKey, []byte(signed))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	path, err := parseHashes(lines[2:])
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, told.size, told.root, index, tlog.RecordHash(asked.Entry))
}

func checkTree(asked question) error {
	old, err := open(asked.VKey, asked.Old)
	if err != nil {
		return err
	}
	told, err := open(asked.VKey, asked.Note)
	if err != nil {
		return err
	}
	path, err := parseHashes(asked.Path)
	if err != nil {
		return err
	}
	return tlog.CheckTree(path, told.size, told.root, old.size, old.root)
}

// folder serves tiles that were fetched from the log's public addresses; Go's own have the height before the level.
type folder struct{ dir string }

func (f folder) Height() int                                { return 8 }
func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(f.dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func entries(dir string, size int64) ([][]byte, error) {
	var found [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: n, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			if len(data) < 2 || len(data) < 2+int(data[0])<<8+int(data[1]) {
				return nil, errors.New("a bundle is cut short")
			}
			length := int(data[0])<<8 + int(data[1])
			found = append(found, data[2:2+length])
			data = data[2+length:]
		}
	}
	return found, nil
}

func checkTiles(asked question) error {
	told, err := open(asked.VKey, asked.Note)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tlog.Tree{N: told.size, Hash: told.root}, folder{asked.Dir})
	all, err := entries(asked.Dir, told.size)
	if err != nil {
		return err
	}
	if int64(len(all)) != told.size {
		return fmt.Errorf("%d entries in a tree of %d", len(all), told.size)
	}
	for index, entry := range all {
		path, err := tlog.ProveRecord(told.size, int64(index), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(path, told.size, told.root, int64(index), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %v", index, err)
		}
	}
	return nil
}

func sign(asked question) (string, error) {
	signer, err := note.NewSigner(asked.SKey)
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: asked.Text}, signer)
	return base64.StdEncoding.EncodeToString(signed), err
}

func answer(asked question) (string, error) {
	switch asked.Kind {
	case "note":
		_, err := open(asked.VKey, asked.Note)
		return "", err
	case "record":
		return "", checkRecord(asked)
	case "tree":
		return "", checkTree(asked)
	case "tiles":
		return "", checkTiles(asked)
	case "sign":
		return sign(asked)
	}
	return "", errors.New("unknown question")
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Println("refused", err)
			continue
		}
		told, err := answer(asked)
		if err != nil {
			fmt.Println("refused", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println(strings.TrimSpace("ok " + told))
		}
	}
}
