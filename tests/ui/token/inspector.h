// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector in a window of its own with a clock that stands, and a token for it.

#pragma once

#include <QtTest/qtest.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <jose/base64url.h>
#include <jose/key.h>
#include <jose/sign.h>
#include <theme/banner.h>
#include <token/tokenpane.h>

namespace claimcheck::ui::test {

inline constexpr double issued = 1'763'900'000;
inline constexpr double expires = issued + 3600;
inline const std::string claims = R"({"sub":"demo","iat":1763900000,"exp":1763903600})";
inline const std::string otherSecret = "another secret that is 32 bytes!";
inline const std::string rightSecret = "0123456789abcdef0123456789abcdef";

inline std::string encoded(std::string_view header, std::string_view payload)
{
    return jose::encodeBase64Url(header) + '.' + jose::encodeBase64Url(payload);
}

inline QString signedToken(const std::string& payload = claims)
{
    const jose::Key key = jose::secretKey(Secret(rightSecret));
    const Result<Secret> token = jose::sign(*jose::findAlgorithm("HS256"), key, payload);
    return token ? toQString(token->reveal()) : QString();
}

struct Inspector
{
    TokenPane pane;
    Instant now = fromUnixSeconds(issued + 60);

    Inspector()
    {
        pane.setClock([this] { return now; });
        pane.resize(1300, 800);
        pane.show();
    }
    Banner* banner() { return pane.findChild<Banner*>(QStringLiteral("verdictBanner")); }
    QPlainTextEdit* text() { return pane.findChild<QPlainTextEdit*>(QStringLiteral("tokenText")); }
    QLineEdit* key() { return pane.findChild<QLineEdit*>(QStringLiteral("tokenKey")); }
    QTableView* table(const char* name) { return pane.findChild<QTableView*>(QLatin1String(name)); }
    QString cell(const char* name, int row, int column)
    {
        return table(name)->model()->index(row, column).data().toString();
    }
    void typeKey(const std::string& secret) { QTest::keyClicks(key(), toQString(secret)); }
};

} // namespace claimcheck::ui::test
