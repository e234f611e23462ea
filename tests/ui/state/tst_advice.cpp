// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window advises what can be done in the window.

#include <QtTest/qtest.h>

#include <inspect/finding.h>
#include <state/advice.h>

using namespace claimcheck;

class TestAdvice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noRuleSendsToTheCommandLine()
    {
        for (const inspect::RuleInfo& rule : inspect::lintRules()) {
            const std::string_view advice = ui::adviceInWindow(rule.id, rule.advice);
            for (const std::string_view word : {"claimcheck-cli", "(--", " --"})
                QVERIFY2(advice.find(word) == std::string_view::npos, std::string(rule.id).c_str());
        }
    }

    void errorsOfTlsNameTheFileThatTheSettingStandsIn()
    {
        Error error{ErrorKind::Tls,
                    "no secure connection to h.test:443",
                    "its certificate is self-signed",
                    "trust it",
                    std::nullopt,
                    Setting::Authorities};
        QVERIFY(ui::fixInWindow(error).find(".claimcheck/connections.yaml") != std::string::npos);
        QVERIFY(ui::fixInWindow(error).find("this machine trusts") != std::string::npos);
        error.setting = Setting::ClientCertificate;
        QVERIFY(ui::fixInWindow(error).find("clientCertificates") != std::string::npos);
        for (const Setting other :
             {Setting::None, Setting::TotalTime, Setting::Redirects, Setting::TokenPlace}) {
            error.setting = other;
            QCOMPARE(ui::fixInWindow(error), std::string("trust it"));
        }
    }

    void otherRulesKeepTheirWords()
    {
        QCOMPARE(ui::adviceInWindow("CERT-EXPIRED", "Renew the certificate"),
                 std::string_view("Renew the certificate"));
    }
};

QTEST_GUILESS_MAIN(TestAdvice)
#include "tst_advice.moc"
