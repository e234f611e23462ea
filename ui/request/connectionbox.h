// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fields of a rule of connections.yaml: whom TLS trusts, the versions of TLS and HTTP, the proxy; for
// requests, folders and the collection.

#pragma once

#include <request/connectionplace.h>
#include <request/rulebox.h>

namespace claimcheck::ui {

class ChevronBox;
class ProxyFields;

class ConnectionBox : public RuleBox
{
    Q_OBJECT
public:
    explicit ConnectionBox(QWidget* parent = nullptr);

    /// What is typed stays as long as the rule says what was shown, be it for another path by now.
    void setPlace(const ConnectionPlace& place);
    /// As it is typed; nothing where that is what was read.
    std::optional<ConnectionEdit> edit() const;
    /// What edit() gave was taken over: a password that was typed goes, unless it could not be saved.
    void settle();

protected:
    const std::string& directory() const override { return m_place.directory; }
    QString problem() const override;
    void commit() override;

private:
    void fill();
    void showAround();

    ConnectionPlace m_place;
    ChevronBox* m_verify;
    QLabel* m_warning;
    QLineEdit* m_file;
    ChevronBox* m_tls;
    ChevronBox* m_http;
    ProxyFields* m_proxy;
};

} // namespace claimcheck::ui
