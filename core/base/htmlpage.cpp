// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <base/htmlpage.h>

#include <base/text.h>

namespace claimcheck {

std::string htmlHead(std::string_view title, std::string_view style)
{
    std::string head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>)";
    head += escapedMarkup(title);
    head += "</title>\n<style>\n:root { color-scheme: light dark; }\n";
    head += style;
    return head + "</style>\n</head>\n<body>\n";
}

} // namespace claimcheck
