// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers of standards are right: each class has its requirement, each score is the one of its vector.

#include <audit/attack.h>

#include <QtCore/qregularexpression.h>
#include <QtTest/qtest.h>

#include <cmath>
#include <map>

using namespace claimcheck;
using namespace claimcheck::audit;

namespace {

/// CVSS 3.1 §7.1 and §7.4 for an unchanged scope; in tenths, rounded up as appendix A says.
int tenthsOf(const QString& vector)
{
    static const std::map<QString, double> weights{
        {QStringLiteral("AV:N"), 0.85}, {QStringLiteral("AC:L"), 0.77}, {QStringLiteral("AC:H"), 0.44},
        {QStringLiteral("PR:N"), 0.85}, {QStringLiteral("PR:L"), 0.62}, {QStringLiteral("UI:N"), 0.85},
        {QStringLiteral("UI:R"), 0.62}, {QStringLiteral("C:H"), 0.56},  {QStringLiteral("C:L"), 0.22},
        {QStringLiteral("C:N"), 0},     {QStringLiteral("I:H"), 0.56},  {QStringLiteral("I:L"), 0.22},
        {QStringLiteral("I:N"), 0},     {QStringLiteral("A:N"), 0},     {QStringLiteral("A:L"), 0.22}};
    const QStringList parts = vector.split(u'/');
    if (parts.size() != 9 || parts[0] != QStringLiteral("CVSS:3.1") || parts[5] != QStringLiteral("S:U"))
        return -1;
    double exploitability = 8.22;
    double left = 1;
    for (int i = 1; i < 9; ++i) {
        if (i == 5)
            continue;
        const auto found = weights.find(parts[i]);
        if (found == weights.end())
            return -1;
        if (i < 5)
            exploitability *= found->second;
        else
            left *= 1 - found->second;
    }
    const double impact = 6.42 * (1 - left);
    return impact > 0 ? static_cast<int>(std::ceil(std::round((impact + exploitability) * 100'000) / 10'000))
                      : 0;
}

QString text(std::string_view latin)
{
    return QString::fromLatin1(latin.data(), static_cast<qsizetype>(latin.size()));
}

/// CVSS 3.1 §5.
Severity bandOf(int tenths)
{
    return tenths >= 90   ? Severity::Critical
           : tenths >= 70 ? Severity::High
           : tenths >= 40 ? Severity::Medium
           : tenths > 0   ? Severity::Low
                          : Severity::Info;
}

} // namespace

class TestStandards : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyClassHasItsRequirement();
    void scoresAreThoseOfTheirVectors();
    void whatIsForgedIsNoServerRequest();
};

void TestStandards::everyClassHasItsRequirement()
{
    static const QRegularExpression number(QStringLiteral("^\\d+\\.\\d+\\.\\d+$"));
    for (const Attack& attack : attacks())
        if (!attack.findingClass.empty())
            QVERIFY2(number.match(text(asvsFor(attack.findingClass))).hasMatch(), attack.id.data());
    QCOMPARE(asvsFor("alg-none"), "9.1.2"); // algorithms on an allowlist, without none
    QCOMPARE(asvsFor("jku-injection"), "9.1.3");
    QCOMPARE(asvsFor("expired-accepted"), "9.2.1");
    QCOMPARE(asvsFor("token-type-confusion"), "9.2.2");
    QCOMPARE(asvsFor("wrong-aud"), "9.2.3");
    QCOMPARE(asvsFor("key-url-followed"), "1.3.6");
    QCOMPARE(asvsFor("object-access"), "8.2.2");
    QCOMPARE(asvsFor("access-allowed"), "8.2.1");
    QCOMPARE(asvsFor("no-such-class"), "");
}

void TestStandards::scoresAreThoseOfTheirVectors()
{
    QCOMPARE(tenthsOf(QStringLiteral("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N")), 91);
    QCOMPARE(tenthsOf(QStringLiteral("CVSS:3.1/AV:N")), -1);
    const auto check = [](std::string_view findingClass, Severity severity) {
        const Cvss cvss = cvssFor(findingClass, severity);
        const int tenths = tenthsOf(text(cvss.vector));
        return text(cvss.score) == QString::number(tenths / 10) + u'.' + QString::number(tenths % 10) &&
               bandOf(tenths) == severity;
    };
    for (const Attack& attack : attacks())
        QVERIFY2(check(attack.findingClass, attack.severity), attack.id.data());
    QVERIFY(check("key-url-followed", Severity::Medium));
    QVERIFY(check("server-error", Severity::Info));
    // Of the matrix.
    for (const char* name : {"object-access", "anonymous-allowed"})
        QVERIFY2(check(name, Severity::Critical), name);
    QVERIFY(check("access-allowed", Severity::High));
    QVERIFY(check("access-denied", Severity::Low));
    QVERIFY(check("other-status", Severity::Low));
}

/// Asked addresses are one thing (CWE-918), a token that is taken another (CWE-347).
void TestStandards::whatIsForgedIsNoServerRequest()
{
    for (const Attack& attack : attacks()) {
        QVERIFY2(attack.cwe != 918, attack.id.data());
        const bool isUnchecked = attack.findingClass == "signature-ignored";
        QVERIFY2(!isUnchecked || (attack.severity == Severity::Critical && attack.cwe == 347),
                 attack.id.data());
    }
}

QTEST_GUILESS_MAIN(TestStandards)
#include "tst_standards.moc"
