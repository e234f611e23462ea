// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// When a request with a session's token goes out again, and that it does not for ever.

#include <auth/tokenuse.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using auth::TokenUse;
using Next = auth::TokenUse::Next;

namespace {

http::Response answer(int status, const std::string& nonce = {})
{
    http::Response response;
    response.status = status;
    if (!nonce.empty())
        response.headers = {{"WWW-Authenticate", "DPoP error=\"use_dpop_nonce\""}, {"DPoP-Nonce", nonce}};
    return response;
}

} // namespace

class TestTokenUse : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standsWithoutAToken();
    void isRenewedForOnce();
    void isRepeatedForANonceOnce();
    void anotherTokenMayNeedAnotherNonce();
    void aNonceIsForBoundTokens();
    void theNextRequestHasTheLatestNonce();
    void aNonceForTheRepetitionIsForNothingElse();
};

void TestTokenUse::standsWithoutAToken()
{
    TokenUse use;
    QVERIFY(use.after(answer(401)) == Next::Stands);
    use.sent(1, false, "");
    QVERIFY(use.after(answer(200)) == Next::Stands);
    QVERIFY(use.after(answer(401)) == Next::Stands); // of nothing that was sent
}

void TestTokenUse::isRenewedForOnce()
{
    TokenUse use;
    use.sent(1, false, "");
    QVERIFY(use.after(answer(401)) == Next::Renew);
    QCOMPARE(use.generation(), std::uint64_t(1));
    use.sent(2, false, "");
    QVERIFY(use.after(answer(401)) == Next::Stands);
    use.begin();
    use.sent(2, false, "");
    QVERIFY(use.after(answer(401)) == Next::Renew);
}

void TestTokenUse::isRepeatedForANonceOnce()
{
    TokenUse use;
    use.sent(1, true, "");
    QVERIFY(use.after(answer(401, "n1")) == Next::AgainWithNonce);
    QCOMPARE(use.nonceOr("another's"), std::string("n1"));
    use.sent(1, true, "n1");
    QVERIFY(use.after(answer(401, "n2")) == Next::Stands); // and so on for ever
    use.begin();
    use.sent(1, true, "n2");
    QVERIFY(use.after(answer(401, "n2")) == Next::Renew); // the nonce that it was sent with
}

void TestTokenUse::anotherTokenMayNeedAnotherNonce()
{
    TokenUse use;
    use.sent(1, true, "");
    QVERIFY(use.after(answer(401, "n1")) == Next::AgainWithNonce);
    use.sent(1, true, "n1");
    QVERIFY(use.after(answer(401)) == Next::Renew);
    use.sent(2, true, "n1");
    QVERIFY(use.after(answer(401, "n2")) == Next::AgainWithNonce);
    use.sent(2, true, "n2");
    QVERIFY(use.after(answer(401)) == Next::Stands);
}

void TestTokenUse::aNonceIsForBoundTokens()
{
    TokenUse use;
    use.sent(1, false, "");
    QVERIFY(use.after(answer(401, "n1")) == Next::Renew);
    QCOMPARE(use.nonceOr(""), std::string());
}

/// A good answer may have brought a later one.
void TestTokenUse::theNextRequestHasTheLatestNonce()
{
    TokenUse use;
    QCOMPARE(use.nonceOr(""), std::string());
    use.sent(1, true, "");
    QVERIFY(use.after(answer(401, "n1")) == Next::AgainWithNonce);
    use.begin();
    QCOMPARE(use.nonceOr("n2"), std::string("n2"));
    use.sent(1, true, "n2");
    QVERIFY(use.after(answer(401, "n3")) == Next::AgainWithNonce); // it was over
    QCOMPARE(use.nonceOr("n2"), std::string("n3"));
}

/// Until it went out, and not where the request is not repeated.
void TestTokenUse::aNonceForTheRepetitionIsForNothingElse()
{
    TokenUse use;
    use.sent(1, true, "");
    QVERIFY(!use.keepsNonce());
    QVERIFY(use.after(answer(401, "n1")) == Next::AgainWithNonce);
    QVERIFY(use.keepsNonce());
    use.sent(1, true, "n1");
    QCOMPARE(use.sentNonce(), std::string("n1"));
    QVERIFY(use.after(answer(401, "n2")) == Next::Stands);
    QVERIFY(!use.keepsNonce());
    use.begin();
    use.sent(1, true, "n2");
    QVERIFY(use.after(answer(400, "n3")) == Next::Stands);
    QVERIFY(!use.keepsNonce());
}

QTEST_GUILESS_MAIN(TestTokenUse)
#include "tst_tokenuse.moc"
