// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a request's file asks for and cannot be sent, or was made elsewhere: it is shown where it is edited,
// and nothing typed elsewhere loses it.

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

/// The chosen radio button of the page.
QString authOf(const RequestEditor& editor)
{
    for (const QRadioButton* each : editor.findChildren<QRadioButton*>())
        if (each->isChecked())
            return each->objectName();
    return {};
}

QString bodyOf(const RequestEditor& editor)
{
    return editor.findChild<QComboBox*>(QStringLiteral("bodyKind"))->currentText();
}

} // namespace

class KeptPartsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void theFilesOwnIsChosen();
    void withoutOneNoneIsNone();
    void typingElsewhereKeepsIt();
};

void KeptPartsTest::theFilesOwnIsChosen()
{
    RequestEditor editor;
    editor.setEntry(entryOfFile("multipart-form", "basic"));
    QCOMPARE(authOf(editor), QStringLiteral("authOwn"));
    QCOMPARE(bodyOf(editor), QStringLiteral("Multipart form"));
    editor.setEntry(entryOfFile("graphql", "hawk"));
    QCOMPARE(authOf(editor), QStringLiteral("authOwn"));
    QCOMPARE(bodyOf(editor), QStringLiteral("graphql"));
    editor.setEntry(entryOfFile({}, {}));
    QCOMPARE(authOf(editor), QStringLiteral("authNone"));
    QCOMPARE(bodyOf(editor), QStringLiteral("None"));
}

void KeptPartsTest::withoutOneNoneIsNone()
{
    RequestEditor editor;
    QCOMPARE(authOf(editor), QStringLiteral("authInherit"));
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
