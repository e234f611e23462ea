// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an audit is to try and how: groups of attacks, the pace, what else is known. Each group says in one
// sentence what it does.

#pragma once

#include <set>
#include <string>
#include <vector>

#include <QtWidgets/qwidget.h>

#include <audit/attack.h>
#include <state/identitytext.h>
#include <workbench/auditing.h>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace claimcheck::ui {

class AuditFields : public QWidget
{
    Q_OBJECT
public:
    explicit AuditFields(QWidget* parent = nullptr);

    /// Groups that are ticked.
    std::set<audit::Family> families() const;
    /// Methods that are ticked to be tried without a token, although they may change something. Of other
    /// routes they have to be ticked anew.
    std::vector<std::string> methods() const;
    /// Requests a second; 0: as fast as it goes.
    int rate() const;
    QString canary() const;
    QString jwksUrl() const;
    void setJwksUrl(const QString& url);
    /// Empty: none.
    std::string secondIdentity() const;
    void setIdentities(const SentAs& sentAs);
    /// Of other machines nobody asks fast, and a method that changes something asks first.
    void setRoutes(const std::vector<workbench::PlannedRoute>& routes);
    /// Routes that may be sent although their method may change something.
    std::set<std::size_t> mayWrite() const;

Q_SIGNALS:
    /// Groups or methods.
    void familiesChanged();
    /// What the plan is made of is another one.
    void materialChanged();

private:
    void addFamilies();
    void addMethods();
    void forgetMethods(const std::vector<workbench::PlannedRoute>& routes);
    void addFields();

    QFormLayout* m_rows;
    std::vector<std::pair<audit::Family, QCheckBox*>> m_families;
    QWidget* m_bypass; ///< the boxes of the methods, with what they are for
    std::vector<QCheckBox*> m_bypasses;
    std::set<std::string> m_routes; ///< that the methods were ticked for
    QSpinBox* m_rate;
    QLineEdit* m_canary;
    QLineEdit* m_jwks;
    QComboBox* m_second;
    QLabel* m_methods; ///< those that may change something
    QCheckBox* m_writes;
    std::set<std::size_t> m_writing; ///< routes
    bool m_isRemote = false;
};

} // namespace claimcheck::ui
