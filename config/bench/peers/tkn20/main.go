// Measures Cloudflare's CIRCL tkn20 (ciphertext-policy ABE) with n attributes and a policy that demands all of them.
// Prints the median of each step as "name milliseconds".
package main

import (
	"crypto/rand"
	"fmt"
	"log"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/cloudflare/circl/abe/cpabe/tkn20"
)

func median(name string, runs int, step func()) {
	times := make([]float64, runs)
	for i := range times {
		begun := time.Now()
		step()
		times[i] = float64(time.Since(begun).Nanoseconds()) / 1e6
	}
	sort.Float64s(times)
	fmt.Printf("%s %.3f\n", name, times[runs/2])
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	n, err := strconv.Atoi(os.Args[1])
	must(err)
	var leaves []string
	held := map[string]string{}
	for i := 0; i < n; i++ {
		name := fmt.Sprintf("attribute%d", i)
		held[name] = "v"
		leaves = append(leaves, "("+name+": v)")
	}
	text := leaves[0]
	for _, leaf := range leaves[1:] {
		text = "(" + text + " and " + leaf + ")"
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "("), ")")
	var policy tkn20.Policy
	must(policy.FromString(text))
	var attributes tkn20.Attributes
	attributes.FromMap(held)
	public, secret, err := tkn20.Setup(rand.Reader)
	must(err)
	key, err := secret.KeyGen(rand.Reader, attributes)
	must(err)
	sealed, err := public.Encrypt(rand.Reader, policy, make([]byte, 32))
	must(err)

	median("keygen", 5, func() {
		_, err := secret.KeyGen(rand.Reader, attributes)
		must(err)
	})
	median("encrypt", 5, func() {
		_, err := public.Encrypt(rand.Reader, policy, make([]byte, 32))
		must(err)
	})
	median("decrypt", 15, func() {
		_, err := key.Decrypt(sealed)
		must(err)
	})
}
