// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

module guards

go 1.18

require github.com/golang-jwt/jwt/v5 v5.0.0

// Debian 12 has 4.4: the guard works with both.
replace github.com/golang-jwt/jwt/v5 => /usr/share/gocode/src/github.com/golang-jwt/jwt
