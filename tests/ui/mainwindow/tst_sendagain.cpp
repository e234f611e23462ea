// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Out of the history again: a body that is no text goes byte for byte, one that was cut does not go at all.

#include <core/http/rawserver.h>
#include <mainwindow/historydesk.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <theme/theme.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

const std::string bytes("\x89PNG\r\n\x1a\n\0{{nope}}\xff\xfe\0", 20);

archive::Record recordWith(const std::string& body)
{
    archive::Record record;
    record.summary.method = "PUT";
    record.summary.url = "http://a/";
    record.hasBody = true;
    record.requestBody = body;
    return record;
}

} // namespace

class TestSendAgain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void bytesAreNoText();
    void sendsBytesAgain();
    void sendsNoBeginningOfABody();
};

void TestSendAgain::bytesAreNoText()
{
    const collection::Content content = contentOf(recordWith(bytes), false);
    QCOMPARE(content.entry.kept.body, std::string(collection::bytesBody));
    QCOMPARE(content.details.bytes, bytes);
    QVERIFY(content.entry.body.empty() && content.entry.bodyKind == collection::BodyKind::None);
    const collection::Content text = contentOf(recordWith("a=1\r\n"), false);
    QCOMPARE(text.entry.body, std::string("a=1\r\n"));
    QVERIFY(text.details.bytes.empty() && text.entry.kept.body.empty());
}

void TestSendAgain::sendsBytesAgain()
{
    RawServer server([](const Seen&) { return ok("{}", "Content-Type: application/json\r\n"); });
    const QTemporaryDir config;
    workbench::Workbench workbench;
    MainWindow window(workbench, config.path().toStdString());
    window.keepHistory(config.path().toStdString() + "/history");
    window.resize(1280, 800);
    window.show();
    QSignalSpy answers(&workbench, &workbench::Workbench::exchangeFinished);
    collection::Item item;
    item.entry.method = "PUT";
    item.entry.url = server.url("/picture");
    item.entry.auth = collection::AuthMode::None;
    item.entry.headers = {{"Content-Type", "image/png"}};
    item.entry.kept.body = std::string(collection::bytesBody);
    item.details.bytes = bytes;
    workbench.send(item);
    QTRY_COMPARE(answers.size(), 1);
    QCOMPARE(server.seen.size(), std::size_t(1));
    QCOMPARE(server.seen.front().body, bytes);
    window.showPage(Page::History);
    auto* table = window.findChild<QTableView*>(QStringLiteral("historyTable"));
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->selectRow(0);
    QTest::mouseClick(window.findChild<QPushButton*>(QStringLiteral("sendAgain")), Qt::LeftButton);
    QTRY_COMPARE(answers.size(), 2);
    QCOMPARE(server.seen.size(), std::size_t(2));
    QCOMPARE(server.seen.back().body, bytes);
    QVERIFY(server.seen.back().has("Content-Type: image/png\r\n"));
}

void TestSendAgain::sendsNoBeginningOfABody()
{
    const QTemporaryDir config;
    workbench::Workbench workbench;
    workbench::HistoryKeeper keeper(workbench);
    QVERIFY(keeper.open(config.path().toStdString() + "/history", config.path().toStdString()));
    archive::Record record = recordWith("the beginning");
    record.isRequestCut = true;
    QVERIFY(keeper.history()->add(record));
    HistoryDesk desk(workbench, keeper);
    QSignalSpy again(&desk, &HistoryDesk::sendAgainRequested);
    QSignalSpy failed(&desk, &HistoryDesk::failed);
    desk.setVisible(true);
    desk.enter();
    desk.findChild<QTableView*>(QStringLiteral("historyTable"))->selectRow(0);
    QTest::mouseClick(desk.findChild<QPushButton*>(QStringLiteral("sendAgain")), Qt::LeftButton);
    QCOMPARE(again.size(), 0);
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].value<Error>().why.find("keeps the beginning of it alone") != std::string::npos);
}

QTEST_MAIN(TestSendAgain)
#include "tst_sendagain.moc"
