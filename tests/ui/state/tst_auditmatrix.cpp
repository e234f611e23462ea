// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix of an audit as it fills: what a cell says in signs and words, and what evidence and guard code
// say without a token.

#include <audit/forgery.h>
#include <jose/base64url.h>
#include <jose/sign.h>
#include <state/auditevidence.h>
#include <state/auditfamilies.h>
#include <state/auditmatrix.h>
#include <state/guardform.h>
#include <support/result.h>

#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::ui;
using audit::Outcome;

namespace {

audit::Forgery forgery(const char* attack, const char* variant)
{
    audit::Forgery made;
    made.attack = attack;
    made.variant = variant;
    made.token = Secret("eyJhbGciOiJub25lIn0.e30.");
    return made;
}

audit::Row row(const char* attack, Outcome outcome, int status)
{
    audit::Row made;
    made.attack = attack;
    made.variant = "v";
    made.outcome = outcome;
    made.status = status;
    made.why = "because";
    made.recipe = "take a token";
    made.curl = "curl -si -H \"Authorization: Bearer $TOKEN\" \"http://a/\"";
    return made;
}

workbench::PlannedRoute route(const char* url)
{
    workbench::PlannedRoute made;
    made.name = "orders.yml";
    made.method = "GET";
    made.url = url;
    made.plan.controls = {forgery("no-token", "none")};
    made.plan.forgeries = {forgery("alg-none", "none"), forgery("alg-none", "None")};
    audit::Row notRun = row("expired-accepted", Outcome::NotRun, 0);
    notRun.why = "needs the signing key";
    made.plan.notRun = {notRun};
    return made;
}

std::string tokenWith(const std::string& claims)
{
    const jose::Key key = jose::secretKey(Secret("8c0b2d1e9f5a4c7d8e6f0a1b2c3d4e5f-not-published"));
    return std::string(jose::sign(*jose::findAlgorithm("HS256"), key, claims, {})->reveal());
}

} // namespace

class TestAuditMatrix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isThePlanBeforeItFills();
    void fillsCellByCell();
    void whatIsNoFindingDoesNotLookLikeOne();
    void theReportCounts();
    void evidenceSaysWhatItMeans();
    void theHeadingIsOfTheWorst();
    void everyAttackHasAFamily();
    void guardsAreWrittenForTheToken();
    void guardsTakeTheirKeyFromWhereItWasFound();
};

void TestAuditMatrix::isThePlanBeforeItFills()
{
    AuditMatrix matrix;
    QAbstractItemModelTester tester(&matrix);
    QCOMPARE(matrix.rowCount(), 0);
    matrix.setRoutes({route("http://a/orders"), route("http://a/users")});
    QCOMPARE(matrix.rowCount(), 4); // good token, no-token, alg-none, expired-accepted
    QCOMPARE(matrix.columnCount(), AuditMatrix::FirstRoute + 2);
    QCOMPARE(matrix.index(1, AuditMatrix::FirstRoute).data().toString(), QStringLiteral("1 request"));
    QCOMPARE(matrix.index(2, AuditMatrix::FirstRoute).data().toString(), QStringLiteral("2 requests"));
    QCOMPARE(matrix.index(3, AuditMatrix::FirstRoute).data().toString(),
             QStringLiteral("– not run: needs the signing key"));
    QCOMPARE(matrix.headerData(AuditMatrix::FirstRoute, Qt::Horizontal).toString(),
             QStringLiteral("GET /orders"));
    QVERIFY(matrix.attackAt(0) == nullptr);
    QVERIFY(!matrix.index(2, AuditMatrix::DoesColumn).data().toString().isEmpty());
    QCOMPARE(matrix.total(), std::size_t(6));
    QCOMPARE(matrix.done(), std::size_t(0));
}

void TestAuditMatrix::fillsCellByCell()
{
    AuditMatrix matrix;
    matrix.setRoutes({route("http://a/orders"), route("http://a/users")});
    QSignalSpy changed(&matrix, &QAbstractItemModel::dataChanged);
    const QModelIndex cell = matrix.index(2, AuditMatrix::FirstRoute + 1);
    matrix.addRow(1, row("alg-none", Outcome::Refused, 401));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex(), cell);
    QCOMPARE(cell.data().toString(), QStringLiteral("✓ refused 1 of 2 (401)"));
    QCOMPARE(matrix.stateAt(matrix.index(2, AuditMatrix::FirstRoute)), CellState::Planned);
    matrix.addRow(1, row("alg-none", Outcome::Accepted, 200));
    QCOMPARE(cell.data().toString(), QStringLiteral("✗ accepted 1 of 2 (200)"));
    QCOMPARE(cell.data(AuditMatrix::StateRole).toInt(), static_cast<int>(CellState::Accepted));
    const QString spoken = cell.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains(QStringLiteral("GET http://a/users: accepted")), qPrintable(spoken));
    QVERIFY(!spoken.contains(u'✗'));
    QCOMPARE(matrix.firstWith(CellState::Accepted), cell);
    QCOMPARE(matrix.variantsAt(cell).size(), std::size_t(2));
    QCOMPARE(matrix.done(), std::size_t(2));
    matrix.addRow(7, row("alg-none", Outcome::Accepted, 200)); // no such route
    QCOMPARE(matrix.done(), std::size_t(2));
}

/// Of a server that refuses all that it must, too, some texts of a good token get through.
void TestAuditMatrix::whatIsNoFindingDoesNotLookLikeOne()
{
    workbench::PlannedRoute planned = route("http://a/orders");
    planned.plan.forgeries.push_back(forgery("encoding", "padded"));
    AuditMatrix matrix;
    matrix.setRoutes({planned});
    const audit::Row taken = row("encoding", Outcome::Accepted, 200);
    matrix.addRow(0, taken);
    const QModelIndex cell = matrix.firstWith(CellState::Noted);
    QVERIFY(cell.isValid() && !matrix.firstWith(CellState::Accepted).isValid());
    QCOMPARE(matrix.attackAt(cell.row())->id, "encoding");
    QCOMPARE(cell.data().toString(), QStringLiteral("• accepted (200), no finding"));
    const QString spoken = cell.data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.endsWith(QStringLiteral("GET http://a/orders: accepted (200), no finding")),
             qPrintable(spoken));
    AuditVariants variants;
    variants.setVariants({{0, row("encoding", Outcome::Refused, 401)}, {1, taken}});
    QCOMPARE(variants.worst(), 1);
    QCOMPARE(variants.index(1, AuditVariants::ResultColumn).data().toString(),
             QStringLiteral("• accepted, no finding"));
    QVERIFY(evidenceText(*audit::findAttack("encoding"), taken)
                .contains(QStringLiteral("Result: accepted, no finding: because")));
}

/// What was refused may not count any more at the end.
void TestAuditMatrix::theReportCounts()
{
    AuditMatrix matrix;
    matrix.setRoutes({route("http://a/orders"), route("http://a/users")});
    matrix.addRow(0, row("alg-none", Outcome::Refused, 401));
    audit::Report report;
    report.routes.emplace_back();
    report.routes[0].goodStatus = 200;
    report.routes[0].rows = {row("no-token", Outcome::Refused, 401),
                             row("alg-none", Outcome::Inconclusive, 401),
                             row("alg-none", Outcome::NotRun, 0)};
    matrix.setReport(report);
    QCOMPARE(matrix.stateAt(matrix.index(2, AuditMatrix::FirstRoute)), CellState::Inconclusive);
    QCOMPARE(matrix.index(0, AuditMatrix::FirstRoute).data().toString(), QStringLiteral("✓ let in (200)"));
    // The second route was never begun.
    QCOMPARE(matrix.index(0, AuditMatrix::FirstRoute + 1).data().toString(), QStringLiteral("– not run"));
    QCOMPARE(matrix.stateAt(matrix.index(2, AuditMatrix::FirstRoute + 1)), CellState::NotRun);
    QCOMPARE(matrix.variantsAt(matrix.index(2, AuditMatrix::FirstRoute))[1].place, std::size_t(2));
    const QString controls = matrix.controlsText(0);
    QVERIFY2(controls.startsWith(u"Good token 200 · ") && controls.endsWith(u" 401"), qPrintable(controls));
    QVERIFY(matrix.controlsText(1).isEmpty() && matrix.controlsText(-1).isEmpty());
}

void TestAuditMatrix::evidenceSaysWhatItMeans()
{
    const audit::Attack& attack = *audit::findAttack("alg-none");
    const QString accepted = evidenceText(attack, row("alg-none", Outcome::Accepted, 200));
    for (const char* word : {"This means: Anybody can be any user", "Severity: critical", "CWE-347",
                             "API2:2023", "RFC 8725", "Fix: ", "Send it again: curl", "$TOKEN"})
        QVERIFY2(accepted.contains(QLatin1String(word)), word);
    const QString refused = evidenceText(attack, row("alg-none", Outcome::Refused, 401));
    QVERIFY(refused.contains(QLatin1String("Acceptance would mean")));
    QVERIFY(refused.contains(QLatin1String("Severity if accepted")));
    QVERIFY(!refused.contains(QLatin1String("Fix: ")));
    const QString whole =
        evidenceText(attack, row("alg-none", Outcome::Accepted, 200),
                     {QStringLiteral("GET http://a/\nX-Evil: \x1b[31m"), QStringLiteral("Good token 200")});
    QVERIFY(whole.contains(QLatin1String("Sent:\n    GET http://a/\n    X-Evil: ")));
    QVERIFY(whole.contains(QLatin1String("To compare: Good token 200")));
    QVERIFY(!whole.contains(QChar(0x1b)));
    audit::Row heard = row("jku-injection", Outcome::Refused, 401);
    heard.wasHeard = true;
    const QString asked = evidenceText(*audit::findAttack("jku-injection"), heard);
    QVERIFY(asked.contains(QLatin1String("CWE-918")) && asked.contains(QLatin1String("Fix: ")));
    audit::Row hostile = row("alg-none", Outcome::Accepted, 200);
    hostile.answer = "a\x1b[31mb\xe2\x80\xae";
    QVERIFY(!evidenceText(attack, hostile).contains(QChar(0x1b)));
    QVERIFY(!evidenceText(attack, hostile).contains(QChar(0x202e)));

    AuditVariants variants;
    QAbstractItemModelTester tester(&variants);
    variants.setVariants(
        {{3, row("alg-none", Outcome::Refused, 401)}, {4, row("alg-none", Outcome::Accepted, 200)}});
    QCOMPARE(variants.worst(), 1);
    QCOMPARE(variants.variantAt(1)->place, std::size_t(4));
    QVERIFY(variants.variantAt(2) == nullptr && variants.variantAt(-1) == nullptr);
}

void TestAuditMatrix::theHeadingIsOfTheWorst()
{
    audit::Report report;
    const auto headingWith = [&report](const char* url, audit::Row taken) {
        audit::RouteReport& added = report.routes.emplace_back();
        added.method = "GET";
        added.url = url;
        added.rows = {row("no-token", Outcome::Refused, 401), std::move(taken)};
        return worstHeading(audit::findingsOf(report));
    };
    QCOMPARE(headingWith("http://a/orders?page=1", row("alg-none", Outcome::Accepted, 200)),
             QStringLiteral("Critical · GET /orders?page=1"));
    // Others that are not as bad do not count.
    QCOMPARE(headingWith("http://a/users", row("expired-accepted", Outcome::Accepted, 200)),
             QStringLiteral("Critical · GET /orders?page=1"));
    QCOMPARE(headingWith("http://a/bills", row("alg-none", Outcome::Accepted, 200)),
             QStringLiteral("Critical · GET /orders?page=1 and 1 more route"));
    QCOMPARE(headingWith("http://a", row("alg-none", Outcome::Accepted, 200)),
             QStringLiteral("Critical · GET /orders?page=1 and 2 more routes"));
}

void TestAuditMatrix::everyAttackHasAFamily()
{
    std::set<audit::Family> known;
    for (const AuditFamily& family : auditFamilies()) {
        QVERIFY2(known.insert(family.family).second, audit::toText(family.family).data()); // once
        QVERIFY2(!attacksIn({family.family}).empty(), audit::toText(family.family).data());
    }
    QVERIFY(!known.contains(audit::Family::Controls)); // they are in every audit
    std::size_t trials = 0;
    for (const audit::Attack& attack : audit::attacks())
        trials += attack.stage == audit::Stage::Control ? 0 : 1;
    QCOMPARE(attacksIn(known).size(), trials);
    QCOMPARE(attacksIn({audit::Family::KeyName}).size(), std::size_t(4));
    QVERIFY(attacksIn({}).empty());
}

void TestAuditMatrix::guardsAreWrittenForTheToken()
{
    const std::string token = tokenWith(R"({"sub":"alice","iss":"https://a.example","aud":["one","two"]})");
    GuardForm form = guardFormFor(jose::decode(token));
    QVERIFY(form.kind == audit::GuardKey::SecretVariable);
    inspect::KeyRing ring;
    ring.keys.push_back(jose::secretKey(Secret("8c0b2d1e9f5a4c7d8e6f0a1b2c3d4e5f-not-published")));
    const auto unsaid = guardText(form, token, ring);
    QVERIFY(!unsaid && unsaid.error().fix.find("--") == std::string::npos);
    form.audience = "two";
    for (const audit::GuardTarget& target : audit::guardTargets()) {
        form.target = target.name;
        const auto text = guardText(form, token, ring);
        QVERIFY_RESULT(text);
        QVERIFY(text->code.find("JWT_SECRET") != std::string::npos);
        QVERIFY(text->code.find("not-published") == std::string::npos);
        QVERIFY(text->code.find(token) == std::string::npos);
    }
    // Without the key it says that it does not know.
    const auto unknown = guardText(form, token, {});
    QVERIFY(unknown && !unknown->notes.empty());
    QVERIFY2(unknown->notes.back().starts_with("none of the known keys"), unknown->notes.back().c_str());
    for (const std::string& note : unknown->notes) // once, and in the words of the window
        QVERIFY2(note.find("was not checked") == std::string::npos, note.c_str());
    form.kind = audit::GuardKey::JwksUrl;
    form.place = "https://a.example/keys";
    const auto wrongKind = guardText(form, token, ring);
    QVERIFY(!wrongKind && wrongKind.error().fix.find("--") == std::string::npos);
    form.place = "http://a.example/keys";
    QVERIFY(!guardText(form, token, ring));
}

/// The issuer is a name, which need not lead anywhere; the key set was really read.
void TestAuditMatrix::guardsTakeTheirKeyFromWhereItWasFound()
{
    const std::string keySet = "http://127.0.0.1:8123/.well-known/jwks.json";
    const auto formFor = [](const char* header, const std::string& jwksUrl) {
        const std::string token = jose::encodeBase64Url(header) + "." +
                                  jose::encodeBase64Url(R"({"iss":"https://a.example"})") + ".AAAA";
        return guardFormFor(jose::decode(token), jwksUrl);
    };
    const GuardForm found = formFor(R"({"alg":"RS256"})", keySet);
    QVERIFY(found.kind == audit::GuardKey::JwksUrl);
    QCOMPARE(found.place, keySet);
    const GuardForm named = formFor(R"({"alg":"RS256"})", {});
    QVERIFY(named.kind == audit::GuardKey::Issuer);
    QCOMPARE(named.place, std::string("https://a.example"));
    // No key set is for a secret.
    QVERIFY(formFor(R"({"alg":"HS256"})", keySet).kind == audit::GuardKey::SecretVariable);
}

QTEST_GUILESS_MAIN(TestAuditMatrix)
#include "tst_auditmatrix.moc"
