// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Data files and .env files, well and badly formed.

#include <core/store/folder.h>
#include <run/datafile.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

class TestDataFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsCsv();
    void readsJson();
    void refusesWhatIsBroken_data();
    void refusesWhatIsBroken();
    void readsDotEnv();
    void saysWhereJsonIsWrong_data();
    void saysWhereJsonIsWrong();
    void refusesOtherEncodings();
    void readsDotEnvAsBrunoDoes_data();
    void readsDotEnvAsBrunoDoes();
    void readsDotEnvOverLineEnds();
    void refusesABrokenDotEnv();
    void readsDotEnvOfExtendedEnvironments();
    void refusesDotEnvThatCannotBeUsed();
};

void TestDataFile::readsCsv()
{
    const auto rows =
        readData("\xef\xbb\xbfname, age\r\n\"O'Hara, \"\"Al\"\"\",42\n\nBo,\n\"two\nlines\",1", "d.csv");
    QVERIFY_RESULT(rows);
    QCOMPARE(rows->size(), std::size_t(3));
    QCOMPARE(rows->at(0), (DataRow{{"name", "O'Hara, \"Al\""}, {"age", "42"}}));
    QCOMPARE(rows->at(1), (DataRow{{"name", "Bo"}, {"age", ""}}));
    QCOMPARE(rows->at(2).front().value, std::string("two\nlines"));
    const auto spreadsheet = readData("a,\"b;c\",,\n1,2,,\n", "d.csv");
    QVERIFY_RESULT(spreadsheet);
    QCOMPARE(spreadsheet->at(0).front(), (variables::Variable{"a", "1"}));
}

void TestDataFile::readsJson()
{
    const auto rows =
        readData(R"([{"id": 12345678901234567890, "name": "a", "on": true, "o": {"k": 1}}])", "d");
    QVERIFY_RESULT(rows);
    QCOMPARE(rows->at(0),
             (DataRow{{"id", "12345678901234567890"}, {"name", "a"}, {"on", "true"}, {"o", "{\"k\": 1}"}}));
}

void TestDataFile::refusesWhatIsBroken_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("empty") << "" << 1;
    QTest::newRow("too many fields") << "a\n1\n1,2" << 3;
    QTest::newRow("open quote") << "a\n\"x" << 2;
    QTest::newRow("text behind a quote") << "a\n\"x\"y" << 2;
    QTest::newRow("broken JSON") << "[\n{]" << 2;
    QTest::newRow("two columns of one name") << "a,b, a\n1,2,3" << 1;
    QTest::newRow("semicolons") << "a;b\n1;2" << 1;
    QTest::newRow("tabs") << "a\tb\n1\t2" << 1;
    QTest::newRow("one JSON object") << R"({"a": 1, "b": "x"})" << 1;
    QTest::newRow("a name twice in a row") << "[{\"a\": 1},\n{\"a\": 1, \"a\": 2}]" << 2;
    QTest::newRow("a row that is no object") << "[{},\n7]" << 2;
    QTest::newRow("too many fields behind line ends") << "a\n\n\"x\ny\"\n1,2" << 5;
    QTest::newRow("too many fields behind carriage returns") << "a\r\r\"x\ry\"\r1,2" << 5;
    QTest::newRow("two columns of one name, further down") << "\n\na,a\n" << 3;
}

void TestDataFile::refusesWhatIsBroken()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    const auto rows = readData(text.toStdString(), "d.csv");
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Unreadable);
    QCOMPARE(rows.error().where.value_or(Position()).line, static_cast<std::size_t>(line));
}

void TestDataFile::saysWhereJsonIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("broken") << "[{\"a\": 1},\n {\"a\" 2}]" << 2 << 7;
    QTest::newRow("no object") << "[{}, 7]" << 1 << 6;
    QTest::newRow("a name twice") << "[{\"a\": 1,\n  \"a\": 2}]" << 2 << 3;
    QTest::newRow("one object") << "\n {\"a\": 1}" << 2 << 2;
}

void TestDataFile::saysWhereJsonIsWrong()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto rows = readData(text.toStdString(), "d.json");
    QVERIFY(!rows);
    const Position where = rows.error().where.value_or(Position());
    QCOMPARE(where.in, std::string("d.json"));
    QCOMPARE(where.line, static_cast<std::size_t>(line));
    QCOMPARE(where.column, static_cast<std::size_t>(column));
}

/// What spreadsheets save as CSV or as text: values would go out as other bytes, or under no name.
void TestDataFile::refusesOtherEncodings()
{
    for (const char* text : {"a,b\n1,caf\xe9\n", "\xff\xfe\x61,b\n1,2\n", "[{\"a\":\"\xe9\"}]"}) {
        const auto rows = readData(text, "d.csv");
        QVERIFY(!rows);
        QCOMPARE(rows.error().kind, ErrorKind::Unreadable);
        QVERIFY(describe(rows.error()).find("UTF-8") != std::string::npos);
    }
    QCOMPARE(readData("a,b\n1,caf\xe9\n", "d.csv").error().where.value_or(Position()).line, std::size_t(2));
    QCOMPARE(readData("a,b\n1,caf\xe9\n", "d.csv").error().where.value_or(Position()).column, std::size_t(6));
    QVERIFY(readData("a,b\n1,caf\xc3\xa9\n", "d.csv"));
}

void TestDataFile::readsDotEnv()
{
    const auto variables =
        readDotEnv("# c\nexport A=1\nB = \"x\\ny\" # c\nC='a # b'\nD=a#b # c\nE=\n\n", ".env");
    QVERIFY_RESULT(variables);
    QCOMPARE(*variables, (std::vector<variables::Variable>{
                             {"A", "1"}, {"B", "x\ny"}, {"C", "a # b"}, {"D", "a"}, {"E", ""}}));
    const auto twice = readDotEnv("A=1\nB=2\nA=3\n", ".env");
    QVERIFY_RESULT(twice);
    QCOMPARE(*twice, (std::vector<variables::Variable>{{"B", "2"}, {"A", "3"}}));
    const auto exported = readDotEnv("exportA=1\nexport=2\n", ".env");
    QVERIFY_RESULT(exported);
    QCOMPARE(*exported, (std::vector<variables::Variable>{{"exportA", "1"}, {"export", "2"}}));
}

/// Made with dotenv 16.6.1 for Node, which `bru` 4.1.0 reads .env files with.
void TestDataFile::readsDotEnvAsBrunoDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value"); // of A
    QTest::newRow("double quotes") << R"(A="x\ty\\z\"q")"
                                   << R"(x\ty\\z\"q)";
    QTest::newRow("line ends") << R"(A="x\ny\rz")"
                               << "x\ny\rz";
    QTest::newRow("a backslash before a line end") << R"(A="a\\nb")"
                                                   << "a\\\nb";
    QTest::newRow("a quote with a backslash") << R"(A="it\"s" # c)"
                                              << R"(it\"s)";
    QTest::newRow("in single quotes") << R"(A='a\'b\n')"
                                      << R"(a\'b\n)";
    QTest::newRow("a backslash at the end") << R"(A="x\")"
                                            << "x\\";
    QTest::newRow("a backslash at the end, and more") << "A=\"x\\\"\nB=\"y\""
                                                      << "x\\";
    QTest::newRow("a sign in the middle") << "A=a#b"
                                          << "a";
    QTest::newRow("a sign at the beginning") << "A=#b"
                                             << "";
    QTest::newRow("a sign behind quotes") << R"(A="x"#c)"
                                          << "x";
    QTest::newRow("a sign in quotes within") << R"(A=x"y#z")"
                                             << "x\"y";
    QTest::newRow("quotes in a comment") << R"(A="x" # say "y")"
                                         << "x";
    QTest::newRow("text behind a quote") << R"(A="x" y # z)"
                                         << R"("x" y)";
    QTest::newRow("quotes in quotes") << R"(A="a"b")"
                                      << R"(a"b)";
    QTest::newRow("two in quotes") << R"(A="x" "y")"
                                   << R"(x" "y)";
    QTest::newRow("two in single quotes") << "A='a''b'"
                                          << "a''b";
    QTest::newRow("a quote that is not closed") << R"(A="unclosed)"
                                                << R"("unclosed)";
    QTest::newRow("nor closed by the next line's") << "A='x # c\nB='y'"
                                                   << "'x";
    QTest::newRow("nothing but a quote") << R"(A=")"
                                         << "\"";
    QTest::newRow("empty quotes") << R"(A="")"
                                  << "";
    QTest::newRow("a colon") << "A: yaml"
                             << "yaml";
    QTest::newRow("a tab") << "\texport\tA\t=\tx y\tz\t#c"
                           << "x y\tz";
    QTest::newRow("a carriage return") << "B=1\rA=x\rC=2"
                                       << "x";
    QTest::newRow("an equals sign") << "A=b=c#d"
                                    << "b=c";
}

void TestDataFile::readsDotEnvAsBrunoDoes()
{
    QFETCH(QString, text);
    QFETCH(QString, value);
    const auto variables = readDotEnv(text.toStdString(), ".env");
    QVERIFY_RESULT(variables);
    QString found;
    for (const variables::Variable& each : *variables)
        if (each.name == "A")
            found = toQString(each.value);
    QCOMPARE(found, value);
}

/// As Bruno reads them: a key in PEM is such a value.
void TestDataFile::readsDotEnvOverLineEnds()
{
    const auto variables = readDotEnv("A=\"one\r\ntwo=2\r\n\" # c\r\nexport B='x\n# y'\n# C='\n"
                                      "D=it's\nE=`a \"b\"`\n",
                                      ".env");
    QVERIFY_RESULT(variables);
    QCOMPARE(*variables, (std::vector<variables::Variable>{
                             {"A", "one\ntwo=2\n"}, {"B", "x\n# y"}, {"D", "it's"}, {"E", "a \"b\""}}));
    const auto broken = readDotEnv("A='x\ny'\nnonsense\n", ".env");
    QCOMPARE(broken.error().where.value_or(Position()).line, std::size_t(3));
}

void TestDataFile::refusesABrokenDotEnv()
{
    for (const char* text :
         {"A=1\nnonsense", "A=1\na b=2", "A=\"x\ny\nz\"?", "A=1\nB:2", "A=1\n\xc3\xa9=2"}) {
        const auto variables = readDotEnv(text, ".env");
        QVERIFY(!variables);
        QCOMPARE(variables.error().where.value_or(Position()).line, std::size_t(2));
    }
}

void TestDataFile::readsDotEnvOfExtendedEnvironments()
{
    const test::CollectionFolder folder;
    folder.write("environments/base.yml", "name: base\ndotEnvFilePath: base.env\n");
    folder.write("environments/local.yml", "name: local\nextends: base\ndotEnvFilePath: local.env\n");
    folder.write("base.env", "A=base\nB=base\n");
    folder.write("local.env", "A=local\n");
    folder.write(".env", "C=all\n");
    const collection::Collection opened = folder.open();
    const auto local = dotEnvOf(opened, "local");
    QVERIFY_RESULT(local);
    QCOMPARE(*local, (std::vector<variables::Variable>{
                         {"A", "local"}, {"A", "base"}, {"B", "base"}, {"C", "all"}})); // the nearest first
    QCOMPARE(dotEnvOf(opened, "base").value_or(std::vector<variables::Variable>()).size(), std::size_t(3));
    QCOMPARE(dotEnvOf(opened, "").value_or(std::vector<variables::Variable>()).size(), std::size_t(1));
}

/// A file that cannot be used is wrong input, whatever is wrong with it.
void TestDataFile::refusesDotEnvThatCannotBeUsed()
{
    const test::CollectionFolder folder;
    folder.write("environments/local.yml", "name: local\ndotEnvFilePath: local.env\n");
    folder.write("../outside.env", "A=1\n");
    const auto problem = [&folder] {
        const auto read = dotEnvOf(folder.open(), "local");
        return read ? Error{} : read.error();
    };
    QVERIFY(QFile::link(toQString(folder.path("../outside.env")), toQString(folder.path("local.env"))));
    QCOMPARE(problem().kind, ErrorKind::Unreadable);
    QCOMPARE(problem().what, std::string("cannot use the .env file local.env"));
    QVERIFY(problem().why.starts_with("it lies outside of the collection's folder"));
    QVERIFY(QFile::remove(toQString(folder.path("local.env"))));
    folder.write("local.env", std::string(1024u * 1024u + 1, '#'));
    QCOMPARE(problem().kind, ErrorKind::Unreadable);
    folder.write("local.env", "A=1\n");
    QVERIFY(problem().what.empty());
    QVERIFY(QFile::link(toQString(folder.path("../outside.env")), toQString(folder.path(".env"))));
    QCOMPARE(problem().what, std::string("cannot use the .env file .env"));
}

QTEST_GUILESS_MAIN(TestDataFile)
#include "tst_datafile.moc"
