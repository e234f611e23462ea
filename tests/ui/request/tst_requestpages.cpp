// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages of the request editor through their own widgets: what is typed there is what is sent and saved.

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qlistwidget.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qradiobutton.h>
#include <QtWidgets/qtableview.h>

#include <request/collectionfile.h>
#include <request/requesttabs.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>

using namespace claimcheck;
using ui::RequestTabs;

namespace {

enum Part
{
    Params,
    Headers,
    Body,
    Auth,
    Checks,
    Variables,
    Settings,
    Docs,
    Scripts,
    Examples
};

collection::Item sample()
{
    collection::Item item;
    item.path = "a.yml";
    item.entry.name = "A";
    item.entry.url = "http://a.example/:id?page=2";
    item.entry.auth = collection::AuthMode::None;
    item.details.parameters = {{"page", "2", false, true}, {"id", "7", true, true}};
    return item;
}

struct Pane
{
    RequestTabs tabs;
    QSignalSpy sent{&tabs, &RequestTabs::sendRequested};
    QSignalSpy saved{&tabs, &RequestTabs::saveRequested};

    explicit Pane(const collection::Item& item = sample())
    {
        tabs.resize(640, 700);
        tabs.show();
        if (!QTest::qWaitForWindowActive(&tabs))
            qFatal("the window does not become active");
        tabs.openItem(item);
    }

    template <typename Widget>
    Widget* find(const char* name)
    {
        for (Widget* widget : tabs.findChildren<Widget*>(QString::fromLatin1(name)))
            if (widget->isVisibleTo(&tabs))
                return widget;
        qFatal("no visible widget of that name: %s", name);
    }

    void choose(Part part) { find<ui::FlatTabBar>("requestParts")->setCurrentIndex(part); }
    void type(const char* name, const char* text)
    {
        auto* edit = find<QLineEdit>(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(text));
    }
    void typeInto(const char* table, int row, int column, const char* text)
    {
        auto* view = find<QTableView>(table);
        view->setFocus();
        view->setCurrentIndex(view->model()->index(row, column));
        auto* edit = find<QLineEdit>("fieldEditor");
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(text));
    }
    void pick(const char* name, int index)
    {
        auto* box = find<QComboBox>(name);
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
        QCoreApplication::processEvents(); // a layout shows what is new in it by a posted event
    }
    collection::Item current() { return tabs.currentItem(); }
};

} // namespace

class TestRequestPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void parametersFollowTheUrl()
    {
        Pane pane;
        pane.choose(Params);
        pane.typeInto("requestQuery", 0, 2, "3");
        QCOMPARE(pane.find<QLineEdit>("requestUrl")->text(), QStringLiteral("http://a.example/:id?page=3"));
        pane.typeInto("requestPath", 0, 2, "8");
        pane.tabs.sendCurrent();
        const auto sent = pane.sent.constLast()[0].value<collection::Item>();
        QCOMPARE(sent.entry.url, std::string("http://a.example/:id?page=3"));
        QCOMPARE(sent.details.parameters[1].value, std::string("8"));
        pane.type("requestUrl", "http://a.example/?x=1");
        QCOMPARE(pane.find<QTableView>("requestQuery")->model()->index(0, 1).data().toString(),
                 QStringLiteral("x"));
        QCOMPARE(pane.current().details.parameters.size(), std::size_t(1));
    }

    void sendsTheCredentialsThatAreShown()
    {
        Pane pane;
        pane.choose(Auth);
        QTest::mouseClick(pane.find<QRadioButton>("authOwn"), Qt::LeftButton, {}, QPoint(8, 8));
        pane.pick("credentialKind",
                  pane.find<QComboBox>("credentialKind")->findData(QStringLiteral("basic")));
        pane.type("credential.username", "me");
        pane.type("credential.password", "hunter2");
        QCOMPARE(pane.find<QLineEdit>("credential.password")->echoMode(), QLineEdit::Password);
        pane.tabs.sendCurrent();
        const auto sent = pane.sent.constLast()[0].value<collection::Item>();
        QCOMPARE(sent.entry.kept.auth, std::string("basic"));
        QCOMPARE(sent.details.credentials.field("password"), std::string("hunter2"));
        pane.type("credential.password", "{{password}}");
        QCOMPARE(pane.find<QLineEdit>("credential.password")->echoMode(), QLineEdit::Normal);
        QTest::mouseClick(pane.find<QRadioButton>("authNone"), Qt::LeftButton, {}, QPoint(8, 8));
        QCOMPARE(pane.current().entry.kept.auth, std::string());
    }

    void showsKindsThatCannotBeSent()
    {
        collection::Item item = sample();
        item.entry.kept = {"graphql", "oauth1", {}};
        item.details.credentials = {"oauth1", {{"type", "oauth1"}, {"consumerKey", "k"}}};
        Pane pane(item);
        pane.choose(Auth);
        QCOMPARE(pane.find<QLineEdit>("credential.consumerKey")->text(), QStringLiteral("k"));
        QVERIFY(pane.find<QLabel>("credentialHint")->text().contains(QStringLiteral("cannot be sent")));
        pane.choose(Body);
        QCOMPARE(pane.find<QComboBox>("bodyKind")->currentText(), QStringLiteral("graphql"));
        QCOMPARE(pane.current().entry.kept.body, std::string("graphql"));
        QCOMPARE(pane.current().details.credentials, item.details.credentials);
    }

    void showsThatActionsAreNotRun()
    {
        {
            Pane plain;
            QVERIFY(!plain.find<ui::FlatTabBar>("requestParts")->isTabVisible(Scripts));
        }
        collection::Item item = sample();
        item.entry.kept.others = {"captures", std::string(collection::idleActions)};
        Pane pane(item);
        QVERIFY(pane.find<ui::FlatTabBar>("requestParts")->isTabVisible(Scripts));
        pane.choose(Scripts);
        QVERIFY(pane.find<QLabel>("idleActions")->text().contains(QStringLiteral("not run")));
    }

    void editsPartsAndFiles()
    {
        Pane pane;
        pane.choose(Body);
        pane.find<QComboBox>("bodyKind")->setCurrentText(QStringLiteral("Multipart form"));
        pane.typeInto("requestMultipart", 0, 1, "note");
        pane.typeInto("requestMultipart", 0, 3, "hi");
        QCOMPARE(pane.current().details.parts,
                 (std::vector<collection::Part>{{"note", false, {"hi"}, "", true}}));
        QCOMPARE(pane.current().entry.kept.body, std::string("multipart-form"));
        pane.find<QComboBox>("bodyKind")->setCurrentText(QStringLiteral("File"));
        pane.type("bodyFilePath", "a.png");
        pane.type("bodyFileType", "image/png");
        QCOMPARE(pane.current().details.bodyFile,
                 (std::optional(collection::BodyFile{"a.png", "image/png"})));
    }

    void editsChecksVariablesSettingsAndDocs()
    {
        Pane pane;
        pane.choose(Checks);
        pane.typeInto("requestChecks", 0, 1, "res.status");
        pane.typeInto("requestChecks", 0, 3, "200");
        pane.typeInto("requestCaptures", 0, 1, "res.body.id");
        pane.typeInto("requestCaptures", 0, 2, "id");
        pane.choose(Variables);
        pane.typeInto("requestVariables", 0, 1, "v");
        pane.choose(Settings);
        pane.type("settingTimeout", "250");
        pane.pick("settingFollow", 2);
        pane.type("requestTags", "smoke, slow");
        pane.choose(Docs);
        QTest::keyClicks(pane.find<QPlainTextEdit>("requestDocs"), QStringLiteral("why"));
        const collection::Item item = pane.current();
        QCOMPARE(item.details.assertions,
                 (std::vector<collection::Assertion>{{"res.status", "eq", "200", true}}));
        QCOMPARE(item.details.captures, (std::vector<collection::Capture>{{"res.body.id", "id", true}}));
        QCOMPARE(item.entry.variables.at(0).name, std::string("v"));
        QCOMPARE(item.details.settings, (collection::Settings{250, false, {}, {}}));
        QCOMPARE(item.details.tags, (std::vector<std::string>{"smoke", "slow"}));
        QCOMPARE(item.entry.docs, std::string("why"));
    }

    void keepsAnswersAsExamples()
    {
        Pane pane;
        http::Response answer;
        answer.status = 200;
        answer.reason = "OK";
        answer.headers = {{"Content-Type", "application/json"}};
        QVERIFY(answer.body.append(R"({"id": 7, "owner": "live-session-1"})"));
        pane.tabs.keepExample(answer, [](std::string text) {
            const std::string known = "live-session-1";
            const std::size_t at = text.find(known);
            return at == std::string::npos ? text : text.replace(at, known.size(), "[left out]");
        });
        QVERIFY(
            pane.find<QPlainTextEdit>("exampleText")->toPlainText().contains(QStringLiteral("\"id\": 7")));
        QCOMPARE(pane.current().details.examples.size(), std::size_t(1));
        QVERIFY(pane.current().details.examples[0].body.find("live-session-1") == std::string::npos);
        auto* list = pane.find<QListWidget>("requestExamples");
        list->item(0)->setText(QStringLiteral("Found"));
        QCOMPARE(pane.current().details.examples[0].name, std::string("Found"));
        QTest::mouseClick(pane.find<QPushButton>("deleteExample"), Qt::LeftButton);
        QVERIFY(pane.current().details.examples.empty());
        QTest::mouseClick(pane.find<QPushButton>("bringBackExample"), Qt::LeftButton);
        QCOMPARE(pane.current().details.examples.at(0).name, std::string("Found"));
    }

    void draftsKeepDetails()
    {
        Pane pane;
        pane.choose(Checks);
        pane.typeInto("requestChecks", 0, 1, "res.status");
        const std::vector<store::Draft> drafts = pane.tabs.drafts();
        QVERIFY(drafts.at(0).edited);
        RequestTabs later;
        later.restore(drafts, 0);
        QCOMPARE(later.currentItem().details.assertions.at(0).expression, std::string("res.status"));
        QCOMPARE(later.currentItem().details.parameters, sample().details.parameters);
    }

    void copiesFilesIntoTheCollection()
    {
        QTemporaryDir there;
        QTemporaryDir elsewhere;
        const auto make = [](const QString& path) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("x");
        };
        make(there.filePath(QStringLiteral("a.txt")));
        make(elsewhere.filePath(QStringLiteral("a.txt")));
        const std::string root = there.path().toStdString();
        QCOMPARE(ui::pathInCollection(root, root + "/a.txt"), std::optional<std::string>("a.txt"));
        const std::string outside = elsewhere.filePath(QStringLiteral("a.txt")).toStdString();
        QCOMPARE(ui::pathInCollection(root, outside), std::optional<std::string>());
        QCOMPARE(ui::copyIntoCollection(root, outside).value_or("error"), std::string("a-2.txt"));
        QVERIFY(QFile::exists(there.filePath(QStringLiteral("a-2.txt"))));
        QVERIFY(!ui::copyIntoCollection(root, outside + ".gone"));
    }
};

QTEST_MAIN(TestRequestPages)
#include "tst_requestpages.moc"
