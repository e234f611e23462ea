// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a request's file asks for and no field edits: it is shown where it would be edited, it is sent, and
// nothing typed elsewhere loses it.

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qradiobutton.h>

#include <request/requesteditor.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

collection::Entry entryOfFile(const std::string& body, const std::string& auth)
{
    collection::Entry entry;
    entry.url = "http://127.0.0.1:4000/x";
    entry.auth = collection::AuthMode::None;
    entry.kept.body = body;
    entry.kept.auth = auth;
    return entry;
}

QString noneOf(const RequestEditor& editor)
{
    return editor.findChild<QRadioButton*>(QStringLiteral("authNone"))->text();
}

QString bodyOf(const RequestEditor& editor)
{
    return editor.findChild<QComboBox*>(QStringLiteral("bodyKind"))->itemText(0);
}

} // namespace

class KeptPartsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void theFilesOwnStandsInThePlaceOfNone();
    void withoutOneNoneIsNone();
    void typingElsewhereKeepsIt();
};

void KeptPartsTest::theFilesOwnStandsInThePlaceOfNone()
{
    RequestEditor editor;
    editor.setEntry(entryOfFile("multipart-form", "basic"));
    QCOMPARE(noneOf(editor), QStringLiteral("As its file says: basic"));
    QCOMPARE(bodyOf(editor), QStringLiteral("As its file says: multipart-form"));
    editor.setEntry(entryOfFile({}, {}));
    QCOMPARE(noneOf(editor), QStringLiteral("None"));
    QCOMPARE(bodyOf(editor), QStringLiteral("None"));
}

void KeptPartsTest::withoutOneNoneIsNone()
{
    RequestEditor editor;
    QCOMPARE(noneOf(editor), QStringLiteral("None"));
    QCOMPARE(bodyOf(editor), QStringLiteral("None"));
}

void KeptPartsTest::typingElsewhereKeepsIt()
{
    RequestEditor editor;
    editor.setEntry(entryOfFile("multipart-form", "basic"));
    editor.setHeader(QStringLiteral("X-One"), QStringLiteral("1"));
    QCOMPARE(editor.entry().kept.body, std::string("multipart-form"));
    QCOMPARE(editor.entry().kept.auth, std::string("basic"));
}

QTEST_MAIN(KeptPartsTest)
#include "tst_keptparts.moc"
