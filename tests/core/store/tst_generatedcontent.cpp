// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thousands of generated requests with all that a file can hold: what is written is read back, and what is
// edited says what was asked for.

#include "dressed.h"
#include "generate.h"

#include <store/entryfile.h>
#include <store/newcollection.h>
#include <store/opencollection.h>
#include <store/redactdraft.h>
#include <store/settings.h>
#include <support/result.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using collection::Content;
using test::dressed;
using test::problemOf;
using test::shown;

namespace {

std::string written(const Content& content)
{
    collection::Item item;
    item.entry = content.entry;
    item.details = content.details;
    return writeItem(item);
}

} // namespace

class TestGeneratedContent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAndReads();
    void edits_data();
    void edits();
    void keepsInDrafts();
};

void TestGeneratedContent::writesAndReads()
{
    test::Generator generator(11);
    for (int i = 0; i < 1000; ++i) {
        const Content content = generator.content();
        const std::string text = written(content);
        const auto back = readContent(text, "generated.yml");
        QVERIFY2(back.has_value(), problemOf(back, text).constData());
        QVERIFY2(normalised(*back) == normalised(content), shown(text).constData());
        QCOMPARE(editContent(text, *back).value_or("error"), text);
    }
}

void TestGeneratedContent::edits_data()
{
    QTest::addColumn<int>("dress");
    QTest::newRow("canonical") << 0;
    QTest::newRow("CRLF") << 1;
    QTest::newRow("no final line end") << 2;
    QTest::newRow("comments and unknown keys") << 3;
}

void TestGeneratedContent::edits()
{
    QFETCH(int, dress);
    test::Generator generator(static_cast<std::uint64_t>(dress) + 21);
    for (int i = 0; i < 200; ++i) {
        const std::string text = dressed(written(generator.content()), static_cast<std::size_t>(dress));
        const auto read = readContent(text, "generated.yml");
        QVERIFY2(read.has_value(), problemOf(read, text).constData());
        QCOMPARE(editContent(text, *read).value_or("error"), text);
        const Content wanted = generator.content();
        const auto edited = editContent(text, wanted);
        QVERIFY2(edited.has_value(), problemOf(edited, text).constData());
        const auto back = readContent(*edited, "generated.yml");
        QVERIFY_RESULT(back);
        QVERIFY2(normalised(*back) == normalised(wanted), shown(*edited).constData());
        if (dress == 3)
            QVERIFY2(edited->starts_with("# first\n\n") &&
                         edited->find("\n# last\nx-unknown: {a: [1, 2], b: \"c\"} # kept\n") !=
                             std::string::npos,
                     shown(*edited).constData());
    }
}

/// The details of a draft are those of the request, but for what only its body or authorisation of another
/// kind would use, and for secrets.
void TestGeneratedContent::keepsInDrafts()
{
    QTemporaryDir folder;
    const std::string directory = folder.path().toStdString();
    test::Generator generator(31);
    for (int i = 0; i < 50; ++i) {
        Content content = normalised(generator.content());
        std::erase_if(content.details.credentials.fields,
                      [](const auto& field) { return field.first != "type" && field.first != "username"; });
        Drafts drafts;
        drafts.tabs.push_back({"/api", "a.yml", content.entry, false, "", true, content.details});
        QVERIFY_RESULT(saveDrafts(directory, drafts));
        const auto back = loadDrafts(directory);
        QVERIFY_RESULT(back);
        redactDraft(drafts.tabs[0]);
        const Content expected = normalised({drafts.tabs[0].entry, drafts.tabs[0].details});
        QVERIFY2(back->tabs.at(0).details == expected.details, shown(written(content)).constData());
    }
}

QTEST_GUILESS_MAIN(TestGeneratedContent)
#include "tst_generatedcontent.moc"
