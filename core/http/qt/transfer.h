// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One hop over Qt Network: one manager and one connection, gone with the hop. Qt Network cannot notice a 1xx
// answer, which would put the next answers out of step; with a connection per hop there is no next one.

#pragma once

#include <memory>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>

#include <http/transport.h>

namespace claimcheck::http {

class QtTransfer : public QObject, public Transfer
{
public:
    QtTransfer(const Request& request, Transport::Done done);
    std::optional<HopResult> takeSoFar() override;

private:
    void send();
    QNetworkReply* dispatch(const QNetworkRequest& request);
    QNetworkReply* stream(const QNetworkRequest& request, QIODevice* body, std::uint64_t size);
    void watch();
    void watchTimes();
    void startTimer(Milliseconds limit);
    void touch();
    void timedOut();
    void readBody();
    void finish();
    void fail(Error error);
    void deliver(std::optional<Error> error);
    HopResult makeResult(std::optional<Error> error);
    std::optional<Error> errorInHead() const;
    void readHead(Response& response) const;
    Timings timings() const;

    Request m_request;
    Transport::Done m_done;
    QNetworkAccessManager m_manager;
    QNetworkReply* m_reply = nullptr;
    Response m_response;
    QList<QSslError> m_sslErrors;
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_connecting = -1;
    double m_secured = -1;
    double m_sent = -1;
    double m_firstByte = -1;
    bool m_isDone = false;
};

} // namespace claimcheck::http
