// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `matrix` from outside: recording, holding, finding; whose tokens it takes, and how it ends.

#include <core/audit/shop.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

/// A collection of the shop's requests, and who may do what.
class ShopCollection
{
public:
    explicit ShopCollection(const std::string& base)
    {
        write("opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: shop\n");
        write("orders.yml", request("orders", "GET", base + "/orders"));
        write("users.yml", request("users", "GET", base + "/users"));
        write("one.yml", request("one", "GET", base + "/orders/{{orderId}}"));
        write("remove.yml", request("remove", "DELETE", base + "/orders/1"));
        for (const char* who : {"alice", "bob", "admin"})
            write(std::string(who) + ".txt", Shop::tokenOf(who) + "\n");
    }

    QString path() const { return m_folder.path(); }
    QString path(const std::string& name) const { return m_folder.filePath(QString::fromStdString(name)); }
    void write(const std::string& name, const std::string& content) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content.c_str()) < 0)
            qFatal("cannot write a file to test with");
    }
    std::string read(const std::string& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    /// `matrix` of it, as fast as it goes, with everybody's tokens.
    CommandResult matrix(const QStringList& options = {}) const
    {
        const bool hasRate = options.contains(QStringLiteral("--rate"));
        return runCommand(
            words(hasRate ? "matrix --token-env bob=BOB" : "matrix --rate 0 --token-env bob=BOB") +
                QStringList{QStringLiteral("--token-file"), QStringLiteral("alice=") + path("alice.txt"),
                            QStringLiteral("--token-file"), QStringLiteral("admin=") + path("admin.txt"),
                            path()} +
                options,
            {{}, {{QStringLiteral("BOB"), QString::fromStdString(Shop::tokenOf("bob"))}}});
    }

private:
    static std::string request(const std::string& name, const std::string& method, const std::string& url)
    {
        return "info:\n  name: " + name + "\n  type: http\nhttp:\n  method: " + method + "\n  url: \"" + url +
               "\"\n";
    }

    QTemporaryDir m_folder;
};

const char* const matrixName = ".claimcheck/matrix.yaml";

const char* const expected = R"(# Who may do what.
requests:
  orders.yml:
    expect: {anonymous: deny 401, alice: allow, bob: allow, admin: allow}
  users.yml:
    expect: {anonymous: deny, alice: deny 403, bob: deny 403, admin: allow 200}
  one.yml:
    objects:
      variable: orderId
      ids: {alice: "1", bob: "2"}
      others: {admin: allow}
)";

} // namespace

class TestMatrix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsWhereAllIsAsExpected();
    void findsWhatIsNot();
    void recordsWhatIsAnsweredNow();
    void recordingKeepsWhatStandsThere();
    void nothingIsRecordedWithoutAnswers();
    void choosesIdentitiesAndRoutes();
    void saysWhatItWouldSend();
    void thePlanIsJsonToo();
    void writesEveryFormat();
    void showsNoToken();
    void nobodyBringsNothingAlong();
    void refusesTokensThatAreNobodys();
    void leavesOutWhatWrites();
    void endsWith4WhenNothingCanBeTold();
    void endsWith4WhenATokenIsOver();
    void refusesOtherMachines();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void namesMistakesOfTheFile();
};

void TestMatrix::holdsWhereAllIsAsExpected()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const CommandResult result = collection.matrix();
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QVERIFY2(result.out.find("GET users.yml") != std::string::npos, result.out.c_str());
    QVERIFY2(result.out.find("no findings") != std::string::npos, result.out.c_str());
    QVERIFY2(result.err.find("1 request is not in the matrix") != std::string::npos, result.err.c_str());
    QCOMPARE(collection.read(matrixName), std::string(expected));
}

void TestMatrix::findsWhatIsNot()
{
    const Shop shop([](const std::string& who, const std::string& path, int) {
        const bool isWrong = (path == "/users" && who == "bob") || (path == "/orders/1" && who == "bob");
        const char* body =
            path == "/users" ? R"({"users":["alice","bob"]})" : R"({"id":"1","owner":"alice"})";
        return isWrong ? std::optional(Shop::answer(200, body)) : std::nullopt;
    });
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const CommandResult result = collection.matrix(words("--json"));
    QVERIFY2(result.status == 1, (result.out + result.err).c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    std::vector<std::string> found;
    for (const json::Value& finding : document->root().find("findings")->items())
        found.push_back(finding.find("class")->string() + " " + finding.find("identity")->string() + " " +
                        finding.find("owner")->string());
    QCOMPARE(found, (std::vector<std::string>{"object-access bob alice", "access-allowed bob "}));
}

void TestMatrix::recordsWhatIsAnsweredNow()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    const CommandResult without = collection.matrix();
    QCOMPARE(without.status, 2);
    QVERIFY2(without.err.find("there is no access matrix: .claimcheck/matrix.yaml is not there") !=
                 std::string::npos,
             without.err.c_str());
    const CommandResult result = collection.matrix(words("--record --env-var orderId=1"));
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QVERIFY2(result.err.find("recorded 12 cells in ") != std::string::npos, result.err.c_str());
    const std::string text = collection.read(matrixName);
    QVERIFY2(text.find("  users.yml:\n    expect:\n      anonymous: deny 401\n      bob: deny 403\n"
                       "      alice: deny 403\n      admin: allow 200\n") != std::string::npos,
             text.c_str());
    QVERIFY2(text.find("  one.yml:\n    expect:\n      anonymous: deny 401\n      bob: deny 404\n"
                       "      alice: allow 200\n      admin: allow 200\n") != std::string::npos,
             text.c_str());
    const CommandResult again = collection.matrix(words("--env-var orderId=1"));
    QVERIFY2(again.status == 0, (again.out + again.err).c_str());
}

void TestMatrix::recordingKeepsWhatStandsThere()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    const std::string old = "requests:\n  users.yml: # for the office\n    expect:\n      alice: allow\n"
                            "      bob: any\n";
    collection.write("other.yaml", old);
    const CommandResult result =
        collection.matrix(words("--record --route users.yml --session alice --session bob --expected") +
                          QStringList{collection.path("other.yaml")});
    // 403 where nobody gets 401 shows that their tokens work.
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QCOMPARE(
        collection.read("other.yaml"),
        "requests:\n  users.yml: # for the office\n    expect:\n      alice: deny 403\n      bob: any\n");
    QCOMPARE(collection.read(matrixName), std::string());
}

void TestMatrix::nothingIsRecordedWithoutAnswers()
{
    const ShopCollection collection("http://127.0.0.1:1");
    const CommandResult result = collection.matrix(words("--record --route orders.yml"));
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.find("nothing was recorded") != std::string::npos, result.err.c_str());
    QCOMPARE(collection.read(matrixName), std::string());
}

void TestMatrix::choosesIdentitiesAndRoutes()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const CommandResult result =
        runCommand(words("matrix --rate 0 --json --session anonymous --session admin --route users.yml "
                         "--token-file admin=-") +
                       QStringList{collection.path()},
                   {Shop::tokenOf("admin"), {}});
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("identities")->size(), std::size_t(2));
    QCOMPARE(document->root().find("rows")->items().front().find("cells")->size(), std::size_t(2));
}

void TestMatrix::saysWhatItWouldSend()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const CommandResult result = collection.matrix(words("--dry-run"));
    QCOMPARE(result.status, 0);
    QVERIFY(shop.requests().empty());
    QVERIFY2(result.out.find("users.yml: GET " + shop.url("/users") + " as alice, expected: deny 403\n") !=
                 std::string::npos,
             result.out.c_str());
    QVERIFY2(result.out.find("one.yml: GET " + shop.url("/orders/1") +
                             " as bob with the object of alice, expected: deny\n") != std::string::npos,
             result.out.c_str());
    QVERIFY2(result.out.find("one.yml: GET " + shop.url("/orders/1") + " as alice, for comparison\n") !=
                 std::string::npos,
             result.out.c_str());
}

void TestMatrix::thePlanIsJsonToo()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const auto plan = json::parse(collection.matrix(words("--dry-run --json")).out);
    QVERIFY_RESULT(plan);
    QVERIFY(shop.requests().empty());
    const auto calls = plan->root().find("calls")->items();
    QCOMPARE(*plan->root().find("requests")->integer(), static_cast<std::int64_t>(calls.size()));
    const auto isOfBob = [&](const json::Value& call) {
        return call.find("request")->string() == "GET " + shop.url("/orders/1") &&
               call.find("identity")->string() == "bob" && call.find("owner") &&
               call.find("owner")->string() == "alice" && call.find("expected")->string() == "deny" &&
               !call.find("comparison")->boolean();
    };
    QCOMPARE(std::ranges::count_if(calls, isOfBob), std::ptrdiff_t(1));
    const CommandResult written =
        collection.matrix(words("--dry-run --output") + QStringList{collection.path("plan.txt")});
    QCOMPARE(written.status, 0);
    QCOMPARE(written.out, "");
    QVERIFY(collection.read("plan.txt").find(" as alice, for comparison\n") != std::string::npos);
}

void TestMatrix::writesEveryFormat()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const auto report = [&](const char* format) {
        return collection.matrix(words("--route users.yml --format") + QStringList{QString::fromUtf8(format)})
            .out;
    };
    QVERIFY(report("table").starts_with("request "));
    QVERIFY(report("json").starts_with("{\n  \"identities\": ["));
    QVERIFY(report("sarif").find("\"version\": \"2.1.0\"") != std::string::npos);
    QVERIFY(report("junit").starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"));
    QVERIFY(report("html").starts_with("<!DOCTYPE html>"));
    const CommandResult file =
        collection.matrix(words("--format html --output") + QStringList{collection.path("m.html")});
    QCOMPARE(file.status, 0);
    QCOMPARE(file.out, "");
    QVERIFY(collection.read("m.html").starts_with("<!DOCTYPE html>"));
}

void TestMatrix::showsNoToken()
{
    const Shop shop([](const std::string&, const std::string&, int) {
        return std::optional(Shop::answer(200, R"({"seen":")" + Shop::tokenOf("alice") + R"("})"));
    });
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    for (const char* format : {"table", "json", "sarif", "junit", "html"}) {
        const CommandResult result =
            collection.matrix(words("--format") + QStringList{QString::fromUtf8(format)});
        QCOMPARE(result.status, 1);
        QVERIFY2((result.out + result.err).find("-token-0123456789") == std::string::npos, format);
    }
}

/// A collection may have its author's credentials in many a place; each identity has its own and no other.
void TestMatrix::nobodyBringsNothingAlong()
{
    const Shop shop;
    std::string url = shop.url("/orders");
    url.replace(0, std::string("http://").size(), "http://me:mine@");
    const ShopCollection collection(shop.url(""));
    collection.write("orders.yml", "info:\n  name: orders\n  type: http\nhttp:\n  method: GET\n  url: \"" +
                                       url +
                                       "?t={{token}}&a=1\"\n  headers:\n    - name: Cookie\n"
                                       "      value: session=mine\n    - name: authorization\n"
                                       "      value: Bearer {{token}}\n");
    collection.write(matrixName, "requests:\n  orders.yml:\n    expect: {anonymous: deny, alice: allow}\n");
    const CommandResult result = collection.matrix();
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    const auto requests = shop.requests();
    QVERIFY(requests.size() >= 2);
    QVERIFY(!requests[0].hasHeader("Authorization") && !requests[0].hasHeader("Cookie"));
    QCOMPARE(requests[0].target, std::string("/orders?a=1"));
    QCOMPARE(requests[1].header("Authorization"), "Bearer " + Shop::tokenOf("alice"));
}

void TestMatrix::refusesTokensThatAreNobodys()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    collection.write(".claimcheck/sessions.yaml",
                     "minted:\n  - path: users.yml\n    algorithm: HS256\n    key: a-secret-of-some-length-"
                     "0123456789\n");
    const CommandResult result = collection.matrix();
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find("its token is made anew for each request") != std::string::npos,
             result.err.c_str());
    QVERIFY(shop.requests().empty());
}

void TestMatrix::leavesOutWhatWrites()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, "requests:\n  remove.yml:\n    expect: {alice: allow}\n"
                                 "  orders.yml:\n    expect: {alice: allow}\n");
    const CommandResult result = collection.matrix();
    QVERIFY2(result.err.find("remove.yml is left out: its method may change something") != std::string::npos,
             result.err.c_str());
    for (const listen::ListenerRequest& request : shop.requests())
        QCOMPARE(request.method, std::string("GET"));
    const CommandResult writing = collection.matrix(words("--allow-writes --session alice"));
    QVERIFY2(writing.status == 0, (writing.out + writing.err).c_str());
    QVERIFY(std::ranges::any_of(shop.requests(), [](const listen::ListenerRequest& request) {
        return request.method == "DELETE" && request.hasHeader("Authorization");
    }));
}

void TestMatrix::endsWith4WhenNothingCanBeTold()
{
    const Shop shop(
        [](const std::string&, const std::string&, int) { return std::optional(Shop::answer(500, "")); });
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const CommandResult result = collection.matrix(words("--route users.yml"));
    QCOMPARE(result.status, 4);
    QVERIFY2(result.err.find("nothing could be judged") != std::string::npos, result.err.c_str());
}

/// What others get must not hide that a token is over.
void TestMatrix::endsWith4WhenATokenIsOver()
{
    const Shop shop([](const std::string& who, const std::string&, int) {
        return who == "alice" ? std::optional(Shop::answer(401, R"({"error":"expired"})")) : std::nullopt;
    });
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, "requests:\n  orders.yml:\n    expect: {alice: allow, bob: allow}\n");
    const CommandResult result = collection.matrix();
    QCOMPARE(result.status, 4);
    QVERIFY2(result.err.find("nothing could be judged of alice") != std::string::npos, result.err.c_str());
}

void TestMatrix::refusesOtherMachines()
{
    const ShopCollection collection("http://192.0.2.1");
    collection.write(matrixName, expected);
    const CommandResult result = collection.matrix();
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find("it is on another machine") != std::string::npos, result.err.c_str());
    const CommandResult fast = collection.matrix(words("--yes"));
    QCOMPARE(fast.status, 2);
    QVERIFY2(fast.err.find("0, as fast as it goes, is for this machine alone") != std::string::npos,
             fast.err.c_str());
}

void TestMatrix::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* options, const char* says) {
        QTest::newRow(options) << QString::fromUtf8(options) << QString::fromUtf8(says);
    };
    row("--token-env bob", "--token-env");
    row("--token-env anonymous=BOB", "anonymous is nobody and has no token");
    row("--token-env =BOB", "there is no name");
    row("--token-file bob=x", "a token is given for this identity already");
    row("--token-env carol=NO_SUCH_VARIABLE_HERE", "NO_SUCH_VARIABLE_HERE");
    row("--token-file carol=no-such-file", "no-such-file");
    row("--session nobody-we-know", "the matrix does not name it, and no token of it is given");
    row("--route no-such.yml", "the collection has no such request");
    row("--env staging", "the collection has none of this name");
    row("--expected no-such.yaml", "there is no access matrix: no-such.yaml is not there");
    row("--format pdf", "--format");
    row("--rate nan", "--rate cannot be used: it is no number");
    row("--output /no-such-folder/m.html", "/no-such-folder/m.html");
}

void TestMatrix::refusesWrongUsage()
{
    QFETCH(QString, options);
    QFETCH(QString, says);
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, expected);
    const CommandResult result = collection.matrix(options.split(u' ', Qt::SkipEmptyParts));
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find(says.toStdString()) != std::string::npos, result.err.c_str());
    QVERIFY(shop.requests().empty());
}

void TestMatrix::namesMistakesOfTheFile()
{
    const Shop shop;
    const ShopCollection collection(shop.url(""));
    collection.write(matrixName, "requests:\n  users.yml:\n    expect: {alice: denied}\n");
    const CommandResult cell = collection.matrix();
    QCOMPARE(cell.status, 2);
    QVERIFY2(cell.err.find("the cell of alice must be allow, deny or any") != std::string::npos,
             cell.err.c_str());
    collection.write(matrixName, "requests:\n  gone.yml:\n    expect: {alice: deny}\n");
    const CommandResult gone = collection.matrix();
    QCOMPARE(gone.status, 2);
    QVERIFY2(gone.err.find("the matrix names it, and the collection has no such request") !=
                 std::string::npos,
             gone.err.c_str());
    collection.write(matrixName, "requests:\n  users.yml:\n    expect: {carol: deny}\n");
    const CommandResult carol = collection.matrix();
    QCOMPARE(carol.status, 2);
    QVERIFY2(carol.err.find("cannot test as carol: no token of this identity is given") != std::string::npos,
             carol.err.c_str());
    collection.write(matrixName, expected);
    collection.write("users.yml", "info: [\n");
    const CommandResult broken = collection.matrix(words("--route orders.yml"));
    QCOMPARE(broken.status, 2);
    QVERIFY2(broken.err.find("users.yml") != std::string::npos, broken.err.c_str());
    QVERIFY(shop.requests().empty());
}

QTEST_GUILESS_MAIN(TestMatrix)
#include "tst_matrix.moc"
