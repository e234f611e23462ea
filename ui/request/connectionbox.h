// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fields of a rule of connections.yaml: whom TLS trusts, the versions of TLS and HTTP, the proxy; for
// requests, folders and the collection.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <request/connectionplace.h>

class QFormLayout;
class QLabel;
class QLineEdit;

namespace claimcheck::ui {

class ChevronBox;
class ProxyFields;

class ConnectionBox : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionBox(QWidget* parent = nullptr);

    /// What is typed stays as long as the rule is the one that was shown.
    void setPlace(const ConnectionPlace& place);
    /// As it is typed; nothing where that is what was read.
    std::optional<ConnectionEdit> edit() const;
    /// Says beside the field what is wrong with it; whether nothing is.
    bool check();
    /// Why it could not be saved.
    void say(const Error& error);
    /// What edit() gave was taken over: a password that was typed goes, unless it could not be saved.
    void settle();

Q_SIGNALS:
    /// A choice was made, or a field left, and edit() gives what it came to.
    void edited();

private:
    QFormLayout* makeForm();
    QWidget* makeFileLine();
    void fill();
    void commit();
    void chooseFile();
    void showAround();
    void showProblem(const QString& text);
    std::string caFile() const;
    QString problemOfFile() const;

    ConnectionPlace m_place;
    ChevronBox* m_verify;
    QLabel* m_warning;
    QLineEdit* m_file;
    ChevronBox* m_tls;
    ChevronBox* m_http;
    ProxyFields* m_proxy;
    QLabel* m_problem;
};

} // namespace claimcheck::ui
