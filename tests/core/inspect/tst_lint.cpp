// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every rule of the table against a token that it must object to, and the nearest one that it must not. A
// rule without rows fails the test, so that none can be added without them.

#include <QtTest/qtest.h>

#include <base/text.h>

#ifndef Q_MOC_RUN // moc takes the braces in their raw strings for code
#include "lintcasesclaims.h"
#include "lintcasesheader.h"
#include "lintcaseskeys.h"
#include "lintcaseslayers.h"
#include "lintcasesproof.h"
#include "lintcasestext.h"
#endif

using namespace claimcheck;
using namespace claimcheck::test;

class TestLint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void judges_data();
    void judges();
    void everyRuleHasRows_data();
    void everyRuleHasRows();
    void idsAreUnique();
    void coversTheTable();

private:
    std::vector<LintCase> m_cases;
};

void TestLint::initTestCase()
{
    const LintCases cases(m_cases);
    addEncodingCases(cases);
    addJsonCases(cases);
    addSerialisationCases(cases);
    addSignatureCases(cases);
    addAlgorithmCases(cases);
    addHeaderCases(cases);
    addKeyCases(cases);
    addClaimCases(cases);
    addContentCases(cases);
    addUsageCases(cases);
    addEncryptedCases(cases);
    addOpenedCases(cases);
    addProofCases(cases);
}

void TestLint::judges_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < m_cases.size(); ++index)
        QTest::newRow(m_cases[index].name.c_str()) << static_cast<int>(index);
}

void TestLint::judges()
{
    QFETCH(int, index);
    const LintCase& row = m_cases[static_cast<std::size_t>(index)];
    const inspect::Inspection inspection = row.make();
    const inspect::Finding* finding = find(inspection, row.id);
    QCOMPARE(finding != nullptr, row.fires);
    if (finding == nullptr)
        return;
    QVERIFY(!finding->title.empty());
    QVERIFY(!finding->where.empty());
    QVERIFY(!finding->reference.empty());
    QVERIFY(!finding->advice.empty());
    QVERIFY(finding->title.find("valid") == std::string::npos);
    // A byte of a token inside of another is none of the text that was handed in.
    const bool isInText = inspection.outerText.empty() || finding->where.starts_with("layers[0].");
    QCOMPARE(finding->offset.has_value(), finding->where != "key" && isInText);
    QVERIFY(finding->offset.value_or(0) <= inspection.text().size());
}

void TestLint::everyRuleHasRows_data()
{
    QTest::addColumn<QString>("id");
    for (const inspect::RuleInfo& rule : inspect::lintRules())
        QTest::newRow(std::string(rule.id).c_str()) << toQString(rule.id);
}

void TestLint::everyRuleHasRows()
{
    QFETCH(QString, id);
    const auto count = [&](bool fires) {
        return std::ranges::count_if(
            m_cases, [&](const LintCase& row) { return row.fires == fires && toQString(row.id) == id; });
    };
    QVERIFY(count(true) > 0);
    QVERIFY(count(false) > 0);
}

void TestLint::idsAreUnique()
{
    std::vector<std::string_view> ids;
    for (const inspect::RuleInfo& rule : inspect::lintRules())
        ids.push_back(rule.id);
    std::ranges::sort(ids);
    QVERIFY(std::ranges::adjacent_find(ids) == ids.end());
    for (const LintCase& row : m_cases)
        QVERIFY2(std::ranges::binary_search(ids, std::string_view(row.id)), row.id.c_str());
}

/// All rules of severity error and high, and nine in ten of the others, have a token that sets them off and
/// one that does not.
void TestLint::coversTheTable()
{
    int grave = 0;
    int graveCovered = 0;
    int other = 0;
    int otherCovered = 0;
    for (const inspect::RuleInfo& rule : inspect::lintRules()) {
        const auto has = [&](bool fires) {
            return std::ranges::any_of(
                m_cases, [&](const LintCase& row) { return row.fires == fires && rule.id == row.id; });
        };
        const bool isGrave = rule.severity <= inspect::Severity::High;
        const int isCovered = has(true) && has(false) ? 1 : 0;
        ++(isGrave ? grave : other);
        (isGrave ? graveCovered : otherCovered) += isCovered;
    }
    qInfo(
        "lint rules with a token that sets them off and one that does not: %d of %d error and high, %d of %d "
        "others; %d tokens",
        graveCovered, grave, otherCovered, other, static_cast<int>(m_cases.size()));
    QCOMPARE(graveCovered, grave);
    QVERIFY(otherCovered * 10 >= other * 9);
}

QTEST_GUILESS_MAIN(TestLint)
#include "tst_lint.moc"
