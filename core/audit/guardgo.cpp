// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A guard for net/http with golang-jwt: 5, and also 4, which checks no issuer, audience or leeway. Claims are
// therefore checked here; the library verifies the signature under the one algorithm.

#include "guardtemplate.h"

namespace claimcheck::audit {

static constexpr std::string_view goSettings =
    R"go(// Package guard verifies the bearer token of a request (RFC 6750) as RFC 8725 asks for. Made by
// claimcheck-cli guard; it is yours to use and to change.
{{#nokid}}
//
// The token that this was made for has no kid. While the key set has more than one key that fits, as it has when keys
// change, such tokens are refused: nothing tells which one signed them. Let the issuer set kid.
{{/nokid}}
//
//	go get github.com/golang-jwt/jwt/v5 (v4 from 4.4 on does, too)
//
//	protect, err := guard.New()
//	http.Handle("/protected", protect(handler)) // there, guard.Claims(request) are the token's
package guard

import (
	"context"
{{#public}}
	"crypto"
{{/public}}
{{#remote}}
{{#ec}}
	"crypto/ecdsa"
{{/ec}}
{{#okp}}
	"crypto/ed25519"
{{/okp}}
{{#ec}}
	"crypto/elliptic"
{{/ec}}
{{#rsa}}
	"crypto/rsa"
{{/rsa}}
{{/remote}}
{{#pem}}
	"crypto/x509"
{{/pem}}
	"encoding/base64"
{{#hex}}
	"encoding/hex"
{{/hex}}
	"encoding/json"
{{#pem}}
	"encoding/pem"
{{/pem}}
	"errors"
{{#remote}}
	"io"
{{^okp}}
	"math/big"
{{/okp}}
{{/remote}}
	"net/http"
{{^remote}}
	"os"
{{/remote}}
	"strings"
{{#remote}}
	"sync"
{{/remote}}
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// The only one, whatever a token says.
const algorithm = {{algorithm}}
{{#issuer}}
const issuer = {{issuer}}
{{/issuer}}
{{#audience}}
const audience = {{audience}}
{{/audience}}
{{#type}}

// In lower case and without "application/".
const tokenType = {{type}}
{{/type}}

// Seconds that clocks may differ.
const leeway = {{leeway}}

// RFC 6750, section 3: no error is named to who sent no token.
const challenge = `Bearer realm="api"`
const refusal = challenge + `, error="invalid_token", error_description="The access token is not valid"`

var errRefused = errors.New("the token is refused")
{{#remote}}

// Which is no fault of the token.
var errUnavailable = errors.New("the keys could not be asked for")
{{/remote}}
)go";

static constexpr std::string_view goLocalKeys = R"go({{#secret}}

type keys struct{ secret []byte }

func newKeys() (*keys, error) {
	const variable = {{place}}
{{#text}}
	secret := []byte(os.Getenv(variable))
{{/text}}
{{#base64}}
	secret, _ := base64.StdEncoding.DecodeString(os.Getenv(variable))
{{/base64}}
{{#base64url}}
	secret, _ := base64.RawURLEncoding.DecodeString(strings.TrimRight(os.Getenv(variable), "="))
{{/base64url}}
{{#hex}}
	secret, _ := hex.DecodeString(os.Getenv(variable))
{{/hex}}
	if len(secret) < {{minimum}} {
		return nil, errors.New(variable + " must hold a secret of at least {{minimum}} bytes")
	}
	return &keys{secret}, nil
}

func (k *keys) find(map[string]interface{}) (interface{}, error) {
	return k.secret, nil
}
{{/secret}}
{{#pem}}

type keys struct{ public crypto.PublicKey }

func newKeys() (*keys, error) {
	text, err := os.ReadFile({{place}})
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the key file is no PEM")
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	return &keys{public}, err
}

func (k *keys) find(map[string]interface{}) (interface{}, error) {
	return k.public, nil
}
{{/pem}}
)go";

static constexpr std::string_view goRemoteKeys = R"go({{#remote}}

// keys are remembered for ten minutes; for an unknown kid they are asked for again every 30 seconds at most.
type keys struct {
	mutex          sync.Mutex
	known          []jwk
	fetched, tried time.Time
}

type jwk struct {
	Kty, Kid, Use, Alg, Crv, N, E, X, Y string
}

func newKeys() (*keys, error) {
	return &keys{}, nil
}

func fetch(url string, into interface{}) error {
	client := http.Client{Timeout: 5 * time.Second}
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(url + " answers " + response.Status)
	}
	return json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(into)
}

{{#jwks}}
func keyURL() (string, error) {
	return {{place}}, nil
}
{{/jwks}}
{{#discovery}}
// keyURL is where the issuer says that its keys are (OpenID Connect Discovery 1.0, section 4).
func keyURL() (string, error) {
	var metadata struct {
		Issuer string `json:"issuer"`
		Keys   string `json:"jwks_uri"`
	}
	err := fetch(strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration", &metadata)
	if err == nil && metadata.Issuer != issuer {
		err = errors.New("metadata of another issuer")
	}
	if err == nil && strings.SplitN(metadata.Keys, ":", 2)[0] != strings.SplitN(issuer, ":", 2)[0] {
		err = errors.New("keys behind another scheme")
	}
	return metadata.Keys, err
}
{{/discovery}}

func (k *keys) matching(kid interface{}) []jwk {
	var found []jwk
	for _, key := range k.known {
		if kid == nil || kid == key.Kid {
			found = append(found, key)
		}
	}
	return found
}

func (k *keys) refresh() error {
	url, err := keyURL()
	var set struct{ Keys []jwk }
	if err == nil {
		err = fetch(url, &set)
	}
	if err != nil {
		return errUnavailable
	}
	k.known, k.fetched = nil, time.Now()
	for _, key := range set.Keys {
		if (key.Use == "" || key.Use == "sig") && (key.Alg == "" || key.Alg == algorithm) {
			k.known = append(k.known, key)
		}
	}
	return nil
}

func (k *keys) find(header map[string]interface{}) (interface{}, error) {
	kid := header["kid"]
	if _, isText := kid.(string); kid != nil && !isText {
		return nil, errRefused
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	isOld := time.Since(k.fetched) > 10*time.Minute || len(k.matching(kid)) == 0
	if isOld && time.Since(k.tried) > 30*time.Second {
		k.tried = time.Now()
		if err := k.refresh(); err != nil {
			return nil, err
		}
	}
	if k.fetched.IsZero() {
		return nil, errUnavailable
	}
	found := k.matching(kid)
	if len(found) != 1 {
		return nil, errRefused
	}
	return found[0].public()
}

{{^okp}}
func number(text string) *big.Int {
	bytes, _ := base64.RawURLEncoding.DecodeString(text)
	return new(big.Int).SetBytes(bytes)
}

{{/okp}}
// public is the key of RFC 7518, section 6{{#okp}}, and RFC 8037{{/okp}}.
func (key jwk) public() (crypto.PublicKey, error) {
{{#rsa}}
	modulus, exponent := number(key.N), number(key.E)
	if key.Kty != "RSA" || modulus.BitLen() < 2048 || exponent.BitLen() < 2 || exponent.BitLen() > 31 {
		return nil, errRefused
	}
	return &rsa.PublicKey{N: modulus, E: int(exponent.Int64())}, nil
{{/rsa}}
{{#ec}}
	curve, x, y := elliptic.{{curve}}(), number(key.X), number(key.Y)
	if key.Kty != "EC" || key.Crv != "{{ec}}" || !curve.IsOnCurve(x, y) {
		return nil, errRefused
	}
	return &ecdsa.PublicKey{Curve: curve, X: x, Y: y}, nil
{{/ec}}
{{#okp}}
	bytes, err := base64.RawURLEncoding.DecodeString(key.X)
	if err != nil || key.Kty != "OKP" || key.Crv != "Ed25519" || len(bytes) != ed25519.PublicKeySize {
		return nil, errRefused
	}
	return ed25519.PublicKey(bytes), nil
{{/okp}}
}
{{/remote}}
)go";

static constexpr std::string_view goChecks = R"go(
// headerOf is the header of a token in compact form, whose parts are written in the one way that their bytes have
// (RFC 7515, section 2).
func headerOf(token string) (map[string]interface{}, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, errRefused
	}
	for _, part := range parts {
		bytes, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil || part == "" || base64.RawURLEncoding.EncodeToString(bytes) != part {
			return nil, errRefused
		}
	}
	var header map[string]interface{}
	bytes, _ := base64.RawURLEncoding.DecodeString(parts[0])
	if err := json.Unmarshal(bytes, &header); err != nil || header["alg"] != algorithm {
		return nil, errRefused
	}
	if _, isThere := header["crit"]; isThere {
		return nil, errRefused // an extension that is not known here
	}
{{#type}}
	typ, _ := header["typ"].(string)
	if strings.TrimPrefix(strings.ToLower(typ), "application/") != tokenType {
		return nil, errRefused
	}
{{/type}}
	return header, nil
}

func isForUs(claims jwt.MapClaims) bool {
{{#issuer}}
	if claims["iss"] != issuer {
		return false
	}
{{/issuer}}
{{#audience}}
	if audiences, isList := claims["aud"].([]interface{}); isList {
		for _, one := range audiences {
			if one == audience {
				return true
			}
		}
		return false
	}
	return claims["aud"] == audience
{{/audience}}
{{^audience}}
	_, isForOthers := claims["aud"] // RFC 7519, section 4.1.3
	return !isForOthers
{{/audience}}
}

func isInTime(claims jwt.MapClaims) bool {
	now := float64(time.Now().Unix())
	exp, isTime := claims["exp"].(float64)
	if !isTime || now >= exp+leeway {
		return false
	}
	if _, isThere := claims["nbf"]; !isThere {
		return true
	}
	nbf, isTime := claims["nbf"].(float64)
	return isTime && now >= nbf-leeway
}

func (k *keys) verify(token string) (jwt.MapClaims, error) {
	header, err := headerOf(token)
	if err != nil {
		return nil, err
	}
	key, err := k.find(header)
	if err != nil {
		return nil, err
	}
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{algorithm}), jwt.WithoutClaimsValidation())
	_, err = parser.ParseWithClaims(token, claims, func(*jwt.Token) (interface{}, error) { return key, nil })
	if err != nil || !isForUs(claims) || !isInTime(claims) {
		return nil, errRefused
	}
	return claims, nil
}

// bearerToken is that of the one Authorization field (RFC 6750, section 2.1), if there is one.
func bearerToken(request *http.Request) string {
	fields := request.Header.Values("Authorization")
	if len(fields) != 1 || len(fields[0]) < 7 || !strings.EqualFold(fields[0][:7], "Bearer ") {
		return ""
	}
	return strings.TrimLeft(fields[0][7:], " ")
}

func refuse(response http.ResponseWriter, challenge string) {
	response.Header().Set("WWW-Authenticate", challenge)
	http.Error(response, "Unauthorized", http.StatusUnauthorized)
}

type claimsOf struct{}

// Claims are those of the token with which the request came through the guard.
func Claims(request *http.Request) jwt.MapClaims {
	claims, _ := request.Context().Value(claimsOf{}).(jwt.MapClaims)
	return claims
}

// New gives what protects a handler, or an error where the key cannot be had.
func New() (func(http.Handler) http.Handler, error) {
	keys, err := newKeys()
	if err != nil {
		return nil, err
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
			token := bearerToken(request)
			if token == "" {
				refuse(response, challenge)
				return
			}
			claims, err := keys.verify(token)
{{#remote}}
			if errors.Is(err, errUnavailable) {
				http.Error(response, "Service Unavailable", http.StatusServiceUnavailable)
				return
			}
{{/remote}}
			if err != nil {
				refuse(response, refusal)
				return
			}
			next.ServeHTTP(response, request.WithContext(context.WithValue(request.Context(), claimsOf{}, claims)))
		})
	}, nil
}
)go";

std::string goTemplate()
{
    return std::string(goSettings).append(goLocalKeys).append(goRemoteKeys).append(goChecks);
}

} // namespace claimcheck::audit
