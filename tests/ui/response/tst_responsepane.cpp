// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The response pane: status, body forms, tokens, what was sent, failures, text that pretends to be markup.

#include <QtCore/qbuffer.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <response/bodypage.h>
#include <response/imagepreview.h>
#include <response/responsepane.h>
#include <response/textview.h>
#include <theme/banner.h>
#include <theme/flattabbar.h>

using namespace claimcheck;
using ui::ResponsePane;

namespace {

const Instant now = fromUnixSeconds(1'700'000'000);
const std::string token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl";

workbench::ExchangeResult answer(int status, const char* type, const std::string& body)
{
    workbench::ExchangeResult result;
    http::Response response;
    response.status = status;
    response.headers = {{"Content-Type", type}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "<b>b</b>=2"}};
    if (!response.body.append(body))
        qFatal("the body could not be kept");
    http::Hop hop;
    hop.requestHead = "GET /x HTTP/1.1\r\nAuthorization: " + token + "\r\n\r\n";
    result.exchange.hops = {hop};
    result.exchange.response = response;
    result.exchange.timings.total = 12;
    return result;
}

workbench::ExchangeResult withToken()
{
    workbench::ExchangeResult result = answer(200, "application/json", "{\"token\":\"" + token + "\"}");
    workbench::FoundInspection found;
    found.found = {token, 0, "body .token"};
    found.inspection.token.segments = 3;
    found.inspection.verdict = inspect::Verdict::Verified;
    found.inspection.expiresAt = now + Seconds(3540);
    result.tokens = {found};
    return result;
}

struct Pane
{
    ResponsePane pane;
    QSignalSpy activated{&pane, &ResponsePane::tokenActivated};

    Pane()
    {
        pane.setClock([] { return now; });
        pane.resize(620, 600);
        pane.show();
        if (!QTest::qWaitForWindowExposed(&pane))
            qFatal("the pane is not shown");
    }

    template <typename Widget>
    Widget* find(const char* name)
    {
        auto* widget = pane.findChild<Widget*>(QString::fromLatin1(name));
        return widget ? widget : (qFatal("no widget of that name: %s", name), nullptr);
    }
    QString label(const char* name) { return find<QLabel>(name)->text(); }
    const std::string& body() { return find<ui::TextView>("responseBody")->text(); }
    void chooseTab(int tab) { find<ui::FlatTabBar>("responseTabs")->setCurrentIndex(tab); }
};

} // namespace

class TestResponsePane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void statusTimeAndSize()
    {
        Pane pane;
        pane.pane.showExchange(answer(403, "application/json", "{\"message\":\"No token provided\"}"));
        QCOMPARE(pane.label("responseStatus"), QStringLiteral("403 Forbidden"));
        QCOMPARE(pane.label("responseTime"), QStringLiteral("12 ms"));
        QCOMPARE(pane.label("responseSize"), QStringLiteral("31 B"));
    }

    void aReasonIsText()
    {
        Pane pane;
        workbench::ExchangeResult result = answer(200, "text/plain", "x");
        result.exchange.response->reason = "<b>fine</b> & good";
        pane.pane.showExchange(result);
        const auto* status = pane.find<QLabel>("responseStatus");
        const QString tip = status->toolTip();
        QVERIFY2(tip.startsWith(QStringLiteral("<qt>200 &lt;b&gt;fine&lt;/b&gt; &amp; good")),
                 qPrintable(tip));
        QVERIFY(status->accessibleDescription().startsWith(QStringLiteral("200 <b>fine</b> & good")));
    }

    void statusTimeAndSizeAreNeverLeftOut()
    {
        Pane pane;
        pane.pane.showExchange(answer(403, "application/json", "{\"message\":\"No token provided\"}"));
        for (const int width : {900, 420, 340}) {
            pane.pane.resize(width, 600);
            for (const char* name : {"responseStatus", "responseTime", "responseSize"}) {
                const auto* label = pane.find<QLabel>(name);
                QVERIFY2(label->isVisible(), name);
                QTRY_VERIFY(label->width() >= label->sizeHint().width());
                QTRY_VERIFY(
                    pane.pane.rect().contains(QRect(label->mapTo(&pane.pane, QPoint()), label->size())));
            }
        }
    }

    void bodiesPrettyAndRaw()
    {
        Pane pane;
        pane.pane.showExchange(answer(200, "application/json", R"({"b":1.0,"a":9007199254740993})"));
        QTRY_COMPARE(pane.body(), std::string("{\n  \"b\": 1.0,\n  \"a\": 9007199254740993\n}"));
        pane.find<QComboBox>("bodyForm")->setCurrentIndex(1);
        QCOMPARE(pane.body(), std::string(R"({"b":1.0,"a":9007199254740993})"));
        QTest::mouseClick(pane.find<QWidget>("copyBody"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral(R"({"b":1.0,"a":9007199254740993})"));
    }

    void brokenJsonSaysSo()
    {
        Pane pane;
        pane.pane.showExchange(answer(200, "application/json", "<h1>Oops</h1>"));
        QTRY_COMPARE(pane.body(), std::string("<h1>Oops</h1>"));
        QVERIFY(pane.label("bodyNote").contains(QStringLiteral("Not valid JSON")));
        auto* form = pane.find<QComboBox>("bodyForm");
        QCOMPARE(form->currentText(), QStringLiteral("Raw"));
        QVERIFY(!form->model()->index(0, 0).flags().testFlag(Qt::ItemIsEnabled));
    }

    void tokensAreChips()
    {
        Pane pane;
        pane.pane.showExchange(withToken());
        pane.chooseTab(3);
        auto* chip = pane.find<QAbstractButton>("tokenChip0");
        QCOMPARE(chip->text(), QStringLiteral("token · verified · 59 min"));
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(pane.activated.size(), 1);
        QCOMPARE(pane.activated[0][0].toString(), toQString(token));
    }

    void theChipInTheBodyCanBeClicked()
    {
        Pane pane;
        pane.pane.showExchange(withToken());
        QTRY_VERIFY(pane.body().find(token) != std::string::npos);
        auto* view = pane.find<ui::TextView>("responseBody");
        view->grab(); // chips are where they were painted
        for (int x = 60; x < view->viewport()->width() && pane.activated.isEmpty(); x += 8)
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                              QPoint(x, view->viewport()->height() / 30 * 2));
        QCOMPARE(pane.activated.size(), 1);
    }

    void theChipInTheBodyIsReachedByKeys()
    {
        Pane pane;
        pane.pane.showExchange(withToken());
        QTRY_VERIFY(pane.body().find(token) != std::string::npos);
        auto* view = pane.find<ui::TextView>("responseBody");
        QApplication::setActiveWindow(&pane.pane);
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Tab);
        QVERIFY(view->hasFocus());
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(pane.activated.size(), 1);
        QCOMPARE(pane.activated[0][0].toString(), toQString(token));
        QTest::keyClick(view, Qt::Key_Tab); // behind the last chip it goes on
        QVERIFY(!view->hasFocus());
    }

    void bytesAreShownInHex()
    {
        Pane pane;
        pane.pane.showExchange(answer(200, "application/octet-stream", std::string("a\0b\xff", 4)));
        QTRY_COMPARE(pane.find<QComboBox>("bodyForm")->currentText(), QStringLiteral("Hex"));
        QTRY_VERIFY(pane.body().starts_with("00000000  61 00 62 ff "));
        pane.pane.showExchange(answer(200, "application/json", "{}")); // the next one is pretty again
        QTRY_COMPARE(pane.body(), std::string("{}"));
    }

    void picturesAreShownWithinLimits()
    {
        QImage picture(30, 20, QImage::Format_RGB32);
        picture.fill(Qt::gray);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(picture.save(&buffer, "PNG"));
        const ui::DecodedImage decoded = ui::decodeImage(bytes.toStdString());
        QCOMPARE(decoded.image.size(), QSize(30, 20));
        QVERIFY(ui::decodeImage("<svg xmlns='http://www.w3.org/2000/svg'/>").image.isNull());
        QByteArray huge = bytes; // the header says 2,000,000,000 pixels across
        huge.replace(16, 4, QByteArray::fromHex("77359400"));
        QVERIFY(ui::decodeImage(huge.toStdString()).image.isNull());
        QVERIFY(!ui::decodeImage(bytes.left(40).toStdString()).words.isEmpty());
        Pane pane;
        pane.pane.showExchange(answer(200, "image/png", bytes.toStdString()));
        QTRY_VERIFY(pane.find<QWidget>("imagePreview")->isVisible());
        QVERIFY(!pane.find<QWidget>("imagePreview")->grab().isNull());
    }

    void bodiesAreSavedAsReceived()
    {
        const QTemporaryDir place;
        const std::string large = std::string(9'000'000, 'x') + "end"; // in a file, not in memory
        ui::BodyPage page;
        page.setResponse(*answer(200, "text/plain", large).exchange.response, {});
        page.saveTo(place.filePath(QStringLiteral("saved.txt")));
        auto* note = page.findChild<QLabel*>(QStringLiteral("bodyNote"));
        QTRY_VERIFY(note->text().contains(QLatin1String("Saved to")));
        QFile saved(place.filePath(QStringLiteral("saved.txt")));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().toStdString() == large);
        page.saveTo(QStringLiteral("/nowhere/at/all"));
        QTRY_VERIFY(note->text().contains(QLatin1String("/nowhere/at/all")) &&
                    !note->text().contains(QLatin1String("Saved")));
    }

    void credentialsAreDotsUntilAskedFor()
    {
        Pane pane;
        pane.pane.showExchange(withToken());
        pane.chooseTab(2);
        const auto* sent = pane.find<ui::TextView>("sentRequest");
        QVERIFY(sent->text().find(token) == std::string::npos);
        QTest::mouseClick(pane.find<QPushButton>("revealCredentials"), Qt::LeftButton);
        QVERIFY(sent->text().find(token) != std::string::npos);
        pane.pane.showExchange(withToken()); // the next one is masked again
        QVERIFY(sent->text().find(token) == std::string::npos);
    }

    void headersInOrderWithDuplicates()
    {
        Pane pane;
        pane.pane.showExchange(answer(200, "text/plain", "x"));
        const QAbstractItemModel* model = pane.find<QTableView>("responseHeaders")->model();
        QCOMPARE(model->rowCount(), 3);
        QCOMPARE(model->index(1, 0).data().toString(), QStringLiteral("Set-Cookie"));
        QCOMPARE(model->index(2, 1).data().toString(), QStringLiteral("<b>b</b>=2"));
    }

    void failuresSayWhatWhyAndWhatToDo()
    {
        Pane pane;
        workbench::ExchangeResult result;
        result.exchange.error = Error{
            ErrorKind::Unreachable, "cannot reach <b>a</b>", "connection refused", "start the server", {}};
        pane.pane.showExchange(result);
        const auto* banner = pane.find<ui::Banner>("responseError");
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->sentence(), QStringLiteral("Cannot reach <b>a</b>."));
        QCOMPARE(pane.label("responseErrorWhy"), QStringLiteral("Connection refused."));
        QCOMPARE(pane.label("responseErrorFix"), QStringLiteral("Start the server."));
        QVERIFY(pane.label("responseStatus").isEmpty());
        pane.pane.showExchange(answer(200, "text/plain", "x"));
        QVERIFY(!banner->isVisible());
    }

    void noLabelTakesMarkup()
    {
        Pane pane;
        pane.pane.showExchange(withToken());
        for (const QLabel* label : pane.pane.findChildren<QLabel*>())
            QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                     qPrintable(label->text()));
    }

    void emptyBodiesSaySo()
    {
        Pane pane;
        pane.pane.showExchange(answer(204, "text/plain", ""));
        QVERIFY(!pane.find<ui::TextView>("responseBody")->isVisible());
    }

    void findsInTheBody()
    {
        Pane pane;
        pane.pane.showExchange(answer(200, "text/plain", "one Two two\nTWO"));
        QTRY_COMPARE(pane.body(), std::string("one Two two\nTWO"));
        QTest::keyClicks(pane.find<QLineEdit>("bodySearch"), QStringLiteral("two"));
        QTRY_COMPARE(pane.label("bodyMatches"), QStringLiteral("1 of 3"));
        QTest::keyClick(pane.find<QLineEdit>("bodySearch"), Qt::Key_Return);
        QCOMPARE(pane.label("bodyMatches"), QStringLiteral("2 of 3"));
        QTest::keyClicks(pane.find<QLineEdit>("bodySearch"), QStringLiteral("x"));
        QTRY_COMPARE(pane.label("bodyMatches"), QStringLiteral("Not found"));
    }

    void slowExchangesShowThatTheyRun()
    {
        Pane pane;
        QSignalSpy cancelled(&pane.pane, &ResponsePane::cancelRequested);
        pane.pane.showBusy(QStringLiteral("GET"), QStringLiteral("http://a.example/"));
        auto* cancel = pane.find<QPushButton>("cancelRequest");
        QVERIFY(!cancel->isVisible()); // no flash for a quick one
        QTRY_VERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
    }
};

QTEST_MAIN(TestResponsePane)
#include "tst_responsepane.moc"
