// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// .claimcheck/matrix.yaml: what it says, every mistake with its line and column, and what recording leaves
// alone.

#include <core/store/folder.h>
#include <store/matrix.h>

#include <QtCore/qdatetime.h>
#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::collection;
using claimcheck::test::CollectionFolder;

namespace {

const char* const whole = R"(# Who may do what.
requests:
  orders/list.yml:
    expect: {anonymous: deny 401, alice: allow, bob: any}  # everybody who signed in

  orders/one.yml:
    canary: total
    expect:
      alice: "allow 200"
      admin: deny   # not his
    objects:
      variable: orderId
      ids: {alice: "1001", bob: 1002}
      others:
        admin: allow
)";

Matrix matrixOf(const std::string& yaml)
{
    auto matrix = store::parseMatrix(yaml);
    return matrix ? *std::move(matrix) : Matrix();
}

store::MatrixFile fileOf(const std::string& yaml)
{
    return {"matrix.yaml", yaml, true, matrixOf(yaml)};
}

std::string recorded(const std::string& yaml, const Matrix& cells)
{
    const auto text = store::withCells(fileOf(yaml), cells);
    return text ? *text : describe(text.error());
}

std::string withObjects(const std::string& yaml, const std::string& request, const OwnedObjects& objects)
{
    const auto text = store::withObjects(fileOf(yaml), request, objects);
    return text ? *text : describe(text.error());
}

} // namespace

class TestMatrix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAll();
    void readsCells_data();
    void readsCells();
    void namesEverybodyOnce();
    void namesEveryMistake_data();
    void namesEveryMistake();
    void keepsToItsLimits();
    void writesANewFile();
    void changesNothingButCells();
    void addsToWhatIsThere();
    void addsBehindComments();
    void writesOnlyWhatChanged();
    void doesNotOverwriteOthersChanges();
    void staysInTheFolder();
    void writesObjects_data();
    void writesObjects();
    void changesOnlyWhatDiffersOfObjects();
    void takesObjectsAway();
    void recordsObjectsThatCanBeReadAgain();
};

void TestMatrix::readsAll()
{
    const auto matrix = store::parseMatrix(whole);
    QVERIFY_RESULT(matrix);
    QCOMPARE(matrix->rows.size(), std::size_t(2));
    const MatrixRow& list = matrix->rows.front();
    QCOMPARE(list.request, std::string("orders/list.yml"));
    QVERIFY(list.expected == (AccessByName{{"anonymous", {Access::Deny, 401}},
                                           {"alice", {Access::Allow, 0}},
                                           {"bob", {Access::Any, 0}}}));
    QVERIFY(!list.objects);
    const MatrixRow* one = findRow(*matrix, "orders/one.yml");
    QVERIFY(one != nullptr && one->objects.has_value());
    QCOMPARE(one->canary, std::string("total"));
    QCOMPARE(one->objects->variable, std::string("orderId"));
    QCOMPARE(one->objects->ids.back().second, std::string("1002"));
    QVERIFY(accessOf(one->objects->others, "admin") == (ExpectedAccess{Access::Allow, 0}));
    QVERIFY(!accessOf(one->objects->others, "alice"));
    QVERIFY(findRow(*matrix, "orders") == nullptr);
    QVERIFY(matrixOf("").rows.empty());
    QVERIFY(matrixOf("requests:\n").rows.empty());
}

void TestMatrix::readsCells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("again");
    const auto row = [](const char* text, const char* again) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(again);
    };
    row("allow", "allow");
    row("  deny   403 ", "deny 403");
    row("any 404", "any 404");
    row("", "");
    row("Allow", "");
    row("allowed", "");
    row("deny 4030", "");
    row("deny 099", "");
    row("deny 600", "");
    row("deny 4x3", "");
    row("deny 403 404", "");
    row("403", "");
}

void TestMatrix::readsCells()
{
    QFETCH(QString, text);
    QFETCH(QString, again);
    const auto cell = readExpectedAccess(text.toStdString());
    QCOMPARE(cell ? toText(*cell) : std::string(), again.toStdString());
}

void TestMatrix::namesEverybodyOnce()
{
    const auto names =
        identitiesIn(matrixOf("requests:\n  a.yml:\n    expect: {alice: allow, anonymous: deny}\n"
                              "    objects: {variable: id, ids: {bob: 1}, others: {admin: allow}}\n"
                              "  b.yml:\n    expect: {alice: deny}\n"));
    QCOMPARE(names, (std::vector<std::string>{"anonymous", "alice", "bob", "admin"}));
}

void TestMatrix::namesEveryMistake_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* yaml, const char* says) {
        QTest::newRow(name) << QString::fromUtf8(yaml) << QString::fromUtf8(says);
    };
    row("top", "request: {}\n", "the file has no key \"request\" (known: requests)");
    row("list", "requests: [a]\n", "requests must be a mapping");
    row("key", "requests:\n  a.yml:\n    expected: {}\n", "has no key \"expected\"");
    row("cell", "requests:\n  a.yml:\n    expect: {alice: yes}\n",
        "the cell of alice must be allow, deny or any, and a status behind it if one is expected (deny 403)");
    row("cell of a list", "requests:\n  a.yml:\n    expect: {alice: [allow]}\n", "the cell of alice must be");
    row("nothing", "requests:\n  a.yml:\n    canary: x\n",
        "the request a.yml has neither expect nor objects");
    row("name", "requests:\n  a.yml:\n    expect: {\" alice\": allow}\n",
        "an identity cannot be called \" alice\"");
    row("no ids", "requests:\n  a.yml:\n    objects: {variable: id}\n", "objects needs variable and ids");
    row("nobody's", "requests:\n  a.yml:\n    objects: {variable: id, ids: {anonymous: 1}}\n",
        "anonymous is nobody and owns nothing");
    row("id", "requests:\n  a.yml:\n    objects: {variable: id, ids: {bob: }}\n",
        "the id of bob must be a text");
    row("twice", "requests:\n  a.yml:\n    expect: {alice: allow, alice: deny}\n", "alice");
}

void TestMatrix::namesEveryMistake()
{
    QFETCH(QString, yaml);
    QFETCH(QString, says);
    const auto matrix = store::parseMatrix(yaml.toStdString());
    QVERIFY(!matrix);
    QCOMPARE(matrix.error().kind, ErrorKind::Malformed);
    QVERIFY(matrix.error().where.has_value() && matrix.error().where->line > 0);
    const std::string text = describe(matrix.error());
    QVERIFY2(text.find(says.toStdString()) != std::string::npos, text.c_str());
    QVERIFY2(text.find(store::matrixFile) != std::string::npos, text.c_str());
}

void TestMatrix::keepsToItsLimits()
{
    std::string people = "requests:\n  a.yml:\n    expect:\n";
    for (int i = 0; i < 65; ++i)
        people += "      user" + std::to_string(i) + ": allow\n";
    const auto crowd = store::parseMatrix(people);
    QVERIFY(!crowd);
    QCOMPARE(crowd.error().kind, ErrorKind::TooLarge);
    QCOMPARE(crowd.error().why, std::string("it names 65 identities; 64 are the most"));
    const auto cells = store::parseMatrix(whole, "m.yaml", {}, {.identities = 64, .cells = 3});
    QVERIFY(!cells);
    QVERIFY2(cells.error().why.find("3 are the most") != std::string::npos, cells.error().why.c_str());
    const auto bytes = store::parseMatrix(whole, "m.yaml", {.depth = 2});
    QVERIFY(!bytes);
}

void TestMatrix::writesANewFile()
{
    const Matrix cells{{{.request = "orders/list.yml",
                         .expected = {{"anonymous", {Access::Deny, 401}}, {"alice", {Access::Allow, 200}}}},
                        {.request = "b.yml", .expected = {{"on", {Access::Any, 0}}}},
                        {.request = "empty.yml", .expected = {}}}};
    const auto text = store::withCells({"matrix.yaml", "", false, {}}, cells);
    QVERIFY_RESULT(text);
    QVERIFY2(text->starts_with("requests:\n  orders/list.yml:\n    expect:\n      anonymous: deny 401\n"
                               "      alice: allow 200\n  b.yml:\n    expect:\n"),
             text->c_str());
    QVERIFY(text->find("empty.yml") == std::string::npos);
    const Matrix again = matrixOf(*text);
    QCOMPARE(again.rows.size(), std::size_t(2));
    QCOMPARE(again.rows.back().expected.front().first, std::string("on"));
}

void TestMatrix::changesNothingButCells()
{
    Matrix cells = matrixOf(whole);
    QCOMPARE(recorded(whole, cells), std::string(whole));
    cells.rows[1].expected[1].second = {Access::Allow, 200};
    std::string expected = whole;
    const std::string before = "admin: deny   # not his";
    expected.replace(expected.find(before), before.size(), "admin: allow 200   # not his");
    QCOMPARE(recorded(whole, cells), expected);
}

void TestMatrix::addsToWhatIsThere()
{
    const Matrix cells{{{.request = "new.yml", .expected = {{"alice", {Access::Deny, 404}}}},
                        {.request = "b.yml", .expected = {{"bob", {Access::Allow, 200}}}}}};
    const std::string yaml = "requests:\n  a.yml:\n    expect: {alice: allow}\n  b.yml:\n    expect:\n"
                             "      alice: deny\n";
    const std::string text = recorded(yaml, cells);
    QCOMPARE(text, yaml + "      bob: allow 200\n  new.yml:\n    expect:\n      alice: deny 404\n");
    const std::string flow = recorded("requests:\n  b.yml: {expect: {alice: deny}}\n", {{cells.rows[1]}});
    QCOMPARE(flow, std::string("requests:\n  b.yml: {expect: {alice: deny, bob: allow 200}}\n"));
    const std::string objects =
        recorded("requests:\n  b.yml:\n    objects: {variable: id, ids: {bob: 1}}\n", {{cells.rows[1]}});
    QVERIFY2(matrixOf(objects).rows.front().expected == cells.rows[1].expected, objects.c_str());
    QVERIFY(matrixOf(objects).rows.front().objects.has_value());
}

void TestMatrix::addsBehindComments()
{
    const Matrix cells{{{.request = "b.yml", .expected = {{"bob", {Access::Allow, 0}}}}}};
    for (const char* yaml : {"# ours", "# ours\n", "# ours\nrequests:\n", "# ours\nrequests: {}\n"}) {
        const std::string text = recorded(yaml, cells);
        QVERIFY2(text.starts_with("# ours\n"), text.c_str());
        QVERIFY2(matrixOf(text) == cells, text.c_str());
    }
}

void TestMatrix::writesOnlyWhatChanged()
{
    const CollectionFolder folder;
    const Matrix cells{{{.request = "b.yml", .expected = {{"bob", {Access::Allow, 0}}}}}};
    const auto none = store::readMatrix(folder.root);
    QVERIFY_RESULT(none);
    QVERIFY(!none->isThere && none->matrix.rows.empty());
    QVERIFY_RESULT(store::record(*none, cells));
    const auto first = store::readMatrix(folder.root);
    QVERIFY_RESULT(first);
    QVERIFY(first->matrix == cells);
    QFile file(toQString(first->path));
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner));
    const auto stamp = QFileInfo(file).lastModified();
    QVERIFY_RESULT(store::record(*first, cells));
    QCOMPARE(QFileInfo(file).lastModified(), stamp);
    QVERIFY_RESULT(store::record(*first, {}));
}

void TestMatrix::doesNotOverwriteOthersChanges()
{
    const CollectionFolder folder;
    const Matrix cells{{{.request = "b.yml", .expected = {{"bob", {Access::Allow, 0}}}}}};
    const auto none = store::readMatrix(folder.root);
    QVERIFY_RESULT(none);
    const std::string theirs = "requests:\n  a.yml:\n    expect: {alice: deny}\n";
    folder.write(store::matrixFile, theirs);
    const auto refused = store::record(*none, cells);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QVERIFY(refused.error().why.find("changed by another program") != std::string::npos);
    const auto now = store::readMatrix(folder.root);
    QVERIFY_RESULT(now);
    QCOMPARE(now->source, theirs);
}

void TestMatrix::staysInTheFolder()
{
    const CollectionFolder folder;
    const QString outside = folder.parent() + QStringLiteral("/outside.yaml");
    QFile file(outside);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("requests:\n") > 0);
    file.close();
    folder.write(".claimcheck/other.yaml", "x: y\n");
    QVERIFY(QFile::link(outside, toQString(folder.path(store::matrixFile))));
    const auto read = store::readMatrix(folder.root);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Refused);
    QVERIFY(file.remove()); // and of a link that leads nowhere
    const auto broken = store::readMatrix(folder.root);
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, ErrorKind::Unreadable);
    const auto directory = store::readMatrixFile(folder.root);
    QVERIFY(!directory);
    QCOMPARE(directory.error().kind, ErrorKind::Unreadable);
}

void TestMatrix::writesObjects_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after"); ///< "…" for the rest of `before`
    const QString block = QStringLiteral(
        "    objects:\n      variable: orderId\n      ids:\n        alice: \"1001\"\n        bob: "
        "o-2\n");
    const QString row = QStringLiteral("  b.yml:\n") + block;
    QTest::newRow("no file") << QString() << QStringLiteral("requests:\n") + row;
    QTest::newRow("comments") << QStringLiteral("# ours\n") << QStringLiteral("# ours\nrequests:\n") + row;
    QTest::newRow("another request") << QStringLiteral("requests:\n  a.yml:\n    expect: {alice: deny}\n")
                                     << QStringLiteral("requests:\n  a.yml:\n    expect: {alice: deny}\n") +
                                            row;
    QTest::newRow("cells") << QStringLiteral("requests:\n  b.yml:\n    expect:\n      alice: deny # no\n")
                           << QStringLiteral("requests:\n  b.yml:\n    expect:\n      alice: deny # no\n") +
                                  block;
}

void TestMatrix::writesObjects()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const OwnedObjects objects{"orderId", {{"alice", "1001"}, {"bob", "o-2"}}, {}};
    const std::string text = withObjects(toUtf8(before), "b.yml", objects);
    QCOMPARE(matrixOf(text).rows.back().objects, std::optional(objects));
    QCOMPARE(toQString(text).remove(u'"').remove(u'\''), after.remove(u'"'));
}

/// Comments, quotes and what may be done with the objects of others stay.
void TestMatrix::changesOnlyWhatDiffersOfObjects()
{
    const OwnedObjects same = *matrixOf(whole).rows[1].objects;
    QCOMPARE(withObjects(whole, "orders/one.yml", same), std::string(whole));
    OwnedObjects wanted = same;
    wanted.variable = "order";
    wanted.ids = {{"alice", "1001"}, {"carol", "7"}};
    const std::string text = withObjects(whole, "orders/one.yml", wanted);
    const Matrix again = matrixOf(text);
    QCOMPARE(again.rows.size(), std::size_t(2));
    QVERIFY2(again.rows[1].objects == std::optional(wanted), text.c_str());
    for (const char* kept :
         {"# Who may do what.\n", "# everybody who signed in\n", "admin: deny   # not his\n",
          "alice: \"1001\"", "      others:\n        admin: allow\n", "    canary: total\n"})
        QVERIFY2(text.find(kept) != std::string::npos, text.c_str());
    // All of them others than before.
    wanted.ids = {{"carol", "7"}};
    const std::string others = withObjects(whole, "orders/one.yml", wanted);
    QVERIFY2(matrixOf(others).rows[1].objects == std::optional(wanted), others.c_str());
    const std::string block = "requests:\n  a.yml:\n    objects:\n      variable: id\n      ids:\n"
                              "        alice: a1  # hers\n        bob: b1\n";
    QCOMPARE(withObjects(block, "a.yml", {"id", {{"alice", "a1"}, {"bob", "b2"}}, {}}),
             std::string("requests:\n  a.yml:\n    objects:\n      variable: id\n      ids:\n"
                         "        alice: a1  # hers\n        bob: b2\n"));
}

void TestMatrix::takesObjectsAway()
{
    const Matrix without = matrixOf(withObjects(whole, "orders/one.yml", {}));
    QCOMPARE(without.rows.size(), std::size_t(2));
    QVERIFY(!without.rows[1].objects);
    QCOMPARE(without.rows[1].expected.size(), std::size_t(2));
    QCOMPARE(withObjects(whole, "orders/list.yml", {}), std::string(whole)); // it has none
    // A row that says nothing else goes, too.
    const std::string alone = "requests:\n  a.yml:\n    expect: {bob: deny}\n  b.yml:\n    canary: x\n"
                              "    objects: {variable: id, ids: {bob: \"1\"}}\n";
    QCOMPARE(withObjects(alone, "b.yml", {}), std::string("requests:\n  a.yml:\n    expect: {bob: deny}\n"));
    const CollectionFolder folder;
    folder.write(store::matrixFile, "requests:\n  b.yml:\n    objects: {variable: id, ids: {bob: \"1\"}}\n");
    const auto file = store::readMatrix(folder.root);
    QVERIFY_RESULT(file);
    QVERIFY_RESULT(store::recordObjects(*file, "b.yml", {}));
    const auto again = store::readMatrix(folder.root);
    QVERIFY_RESULT(again);
    QVERIFY(again->matrix.rows.empty());
}

void TestMatrix::recordsObjectsThatCanBeReadAgain()
{
    const CollectionFolder folder;
    const OwnedObjects objects{"id", {{"bob", "null"}, {"alice", "a: #b"}}, {}};
    const auto none = store::readMatrix(folder.root);
    QVERIFY_RESULT(none);
    QVERIFY_RESULT(store::recordObjects(*none, "b.yml", objects));
    const auto first = store::readMatrix(folder.root);
    QVERIFY_RESULT(first);
    QCOMPARE(first->matrix.rows.front().objects, std::optional(objects));
    const auto late = store::recordObjects(*none, "b.yml", objects); // it is there by now
    QVERIFY(!late);
    QCOMPARE(late.error().kind, ErrorKind::Refused);
    for (const OwnedObjects& bad :
         {OwnedObjects{"id", {{"anonymous", "1"}}, {}}, OwnedObjects{"", {{"bob", "1"}}, {}},
          OwnedObjects{"id", {{"bob", ""}}, {}}})
        QVERIFY(!store::recordObjects(*first, "c.yml", bad));
    const auto now = store::readMatrix(folder.root);
    QVERIFY_RESULT(now);
    QCOMPARE(now->source, first->source);
}

QTEST_GUILESS_MAIN(TestMatrix)
#include "tst_matrix.moc"
