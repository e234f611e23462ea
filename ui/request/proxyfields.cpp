// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/proxyfields.h>

#include <array>

#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <state/plaintip.h>
#include <state/secretvariable.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr const char* usualProxyVariable = "proxyPassword";

constexpr std::array proxyKinds{ProxyKind::AsAround, ProxyKind::None,   ProxyKind::Http,
                                ProxyKind::Socks5h,  ProxyKind::Socks5, ProxyKind::Socks4a,
                                ProxyKind::Socks4,   ProxyKind::Other};

std::string typedInProxy(const QLineEdit* field)
{
    return std::string(trimmed(toUtf8(field->text())));
}

} // namespace

ProxyFields::ProxyFields(QFormLayout* form, QWidget* parent)
    : QObject(parent), m_form(form), m_kind(new ChevronBox)
{
    setNames(m_kind, QStringLiteral("connectionProxy"), tr("Proxy"));
    letShrink(m_kind);
    for (const ProxyKind kind : proxyKinds)
        m_kind->addItem(proxyWords(kind), static_cast<int>(kind));
    form->addRow(tr("Proxy"), leftLine({m_kind}));
    m_address = addField(QStringLiteral("connectionProxyAddress"), tr("Proxy address"),
                         tr("Host and port of the proxy"));
    m_user = addField(QStringLiteral("connectionProxyUser"), tr("User name"), tr("User name at the proxy"));
    m_password =
        addField(QStringLiteral("connectionProxyPassword"), tr("Password"), tr("Password at the proxy"));
    m_variable = addField(QStringLiteral("connectionProxyVariable"), tr("Its variable"),
                          tr("Variable of the proxy's password"));
    m_user->setPlaceholderText(tr("empty: the proxy asks for none"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("type a new value, or leave it as it is kept"));
    m_variable->setPlaceholderText(QLatin1String(usualProxyVariable));
    connect(m_kind, &QComboBox::activated, this, &ProxyFields::choose);
    showRows();
}

QLineEdit* ProxyFields::addField(const QString& objectName, const QString& label, const QString& title)
{
    auto* field = new QLineEdit;
    setNames(field, objectName, title);
    field->setFont(monoFont());
    m_form->addRow(label, field);
    connect(field, &QLineEdit::editingFinished, this, &ProxyFields::edited);
    return field;
}

/// One that needs an address is not wrong before somebody could type it.
void ProxyFields::choose()
{
    showRows();
    if (hasAddress(kind()) && typedInProxy(m_address).empty())
        m_address->setFocus();
    else
        Q_EMIT edited();
}

void ProxyFields::showRows()
{
    m_form->setRowVisible(m_address, hasAddress(kind()));
    m_address->setPlaceholderText(kind() == ProxyKind::Other ? QStringLiteral("{{proxy}}")
                                                             : QStringLiteral("proxy.example:3128"));
    for (QLineEdit* field : {m_user, m_password, m_variable})
        m_form->setRowVisible(field, hasLogin(kind()));
}

void ProxyFields::setWritten(const std::optional<std::string>& written)
{
    m_written = written;
    m_read = proxyDraftOf(written);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(m_read.kind)));
    m_address->setText(toQString(m_read.address));
    m_user->setText(toQString(m_read.user));
    m_variable->setText(toQString(variableIn(m_read.password)));
    m_password->clear();
    showRows();
}

void ProxyFields::setAround(const QString& words)
{
    m_kind->setItemText(0, words);
    m_kind->setItemData(0, plainTip(words), Qt::ToolTipRole); // a long one is cut
}

ProxyKind ProxyFields::kind() const
{
    return static_cast<ProxyKind>(m_kind->currentData().toInt());
}

std::string ProxyFields::variable() const
{
    return variableTyped(typedInProxy(m_variable), !m_password->text().isEmpty(), usualProxyVariable);
}

/// A password that another program wrote into the file stays until somebody gives it a variable.
ProxyDraft ProxyFields::draft() const
{
    ProxyDraft typed{kind(), {}, {}, {}};
    if (hasAddress(typed.kind))
        typed.address = typedInProxy(m_address);
    if (!hasLogin(typed.kind))
        return typed;
    typed.user = typedInProxy(m_user);
    const std::string name = variable();
    if (name == variableIn(m_read.password))
        typed.password = m_read.password;
    else if (!name.empty())
        typed.password = "{{" + name + "}}";
    return typed;
}

std::optional<std::string> ProxyFields::written() const
{
    return draft() == m_read ? m_written : writtenProxy(draft());
}

std::string ProxyFields::newSecret() const
{
    const bool isAsRead = draft().password == m_read.password && m_password->text().isEmpty();
    return hasLogin(kind()) && !isAsRead ? variable() : std::string();
}

Secret ProxyFields::password() const
{
    return hasLogin(kind()) ? Secret::adopting(toUtf8(m_password->text())) : Secret();
}

void ProxyFields::forgetPassword()
{
    m_password->clear();
}

QString ProxyFields::problem() const
{
    const ProxyDraft typed = draft();
    if (typed == m_read)
        return {};
    if (const std::string name = variable();
        hasLogin(typed.kind) && !name.empty() && variableIn(typed.password).empty())
        return tr("“%1” is no name for a variable: it holds a brace. Take proxyPassword, say.")
            .arg(toQString(visible(name)));
    return proxyProblem(typed);
}

} // namespace claimcheck::ui
