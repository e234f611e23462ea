// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same as express.mjs on net/http, with guard/guard.go beside it.

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"guards/guard"
)

func protected(response http.ResponseWriter, request *http.Request) {
	user, isThere := guard.Claims(request)["sub"]
	if !isThere {
		user = "anybody"
	}
	response.Header().Set("Content-Type", "application/json")
	json.NewEncoder(response).Encode(map[string]interface{}{"message": "This is a protected route", "user": user})
}

func main() {
	protect, err := guard.New()
	if err != nil {
		log.Fatal(err)
	}
	handler := http.Handler(http.HandlerFunc(protected))
	if len(os.Args) < 2 || os.Args[1] != "open" {
		handler = protect(handler)
	}
	http.Handle("/protected", handler)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	go http.Serve(listener, nil)
	io.Copy(io.Discard, os.Stdin)
}
