// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/connectionbox.h>

#include <algorithm>
#include <array>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <request/proxyfields.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

enum VerifyChoice
{
    VerifyAsAround,
    VerifyAlways,
    VerifyNever
};

int choiceOf(const std::optional<bool>& verify)
{
    if (!verify)
        return VerifyAsAround;
    return *verify ? VerifyAlways : VerifyNever;
}

std::optional<bool> verifyOf(int choice)
{
    return choice <= VerifyAsAround ? std::nullopt : std::optional(choice == VerifyAlways);
}

constexpr std::array tlsChoices{http::TlsVersion::Tls1_2, http::TlsVersion::Tls1_3, http::TlsVersion::Tls1_1,
                                http::TlsVersion::Tls1_0};
constexpr std::array httpChoices{http::HttpVersion::Automatic, http::HttpVersion::Http1_1,
                                 http::HttpVersion::Http2};

QString versionWords(http::TlsVersion version)
{
    switch (version) {
    case http::TlsVersion::Tls1_0:
        return ConnectionBox::tr("TLS 1.0, no longer safe");
    case http::TlsVersion::Tls1_1:
        return ConnectionBox::tr("TLS 1.1, no longer safe");
    case http::TlsVersion::Tls1_2:
        break;
    case http::TlsVersion::Tls1_3:
        return ConnectionBox::tr("TLS 1.3");
    }
    return ConnectionBox::tr("TLS 1.2");
}

QString versionWords(http::HttpVersion version)
{
    if (version == http::HttpVersion::Http1_1)
        return ConnectionBox::tr("HTTP/1.1");
    return version == http::HttpVersion::Http2 ? ConnectionBox::tr("HTTP/2") : ConnectionBox::tr("Automatic");
}

/// Behind the choice that says nothing.
template <typename Versions>
ChevronBox* versionBox(const QString& objectName, const QString& title, const Versions& versions)
{
    auto* box = new ChevronBox;
    setNames(box, objectName, title);
    letShrink(box);
    box->addItem(QString());
    for (const auto version : versions)
        box->addItem(versionWords(version));
    return box;
}

template <typename Versions, typename Version>
int indexOfVersion(const Versions& versions, const std::optional<Version>& version)
{
    return version ? static_cast<int>(std::ranges::find(versions, *version) - versions.begin()) + 1 : 0;
}

template <typename Versions>
std::optional<typename Versions::value_type> versionAt(const Versions& versions, int index)
{
    if (index <= 0)
        return std::nullopt;
    return versions[static_cast<std::size_t>(index - 1)];
}

/// As a rule would say it; empty: none. That of the collection's config counts behind all rules.
std::string proxyOf(const collection::ConnectionRule& rule, const std::optional<collection::Proxy>& config)
{
    if (rule.proxy)
        return *rule.proxy;
    if (!config || config->hostname.empty())
        return {};
    return (config->protocol.empty() ? std::string("http") : config->protocol) + "://" + config->hostname +
           (config->port.empty() ? std::string() : ":" + config->port);
}

} // namespace

ConnectionPlace connectionPlace(const collection::Collection& collection, const std::string& path)
{
    ConnectionPlace place{collection.directory, path};
    if (const collection::ConnectionRule* rule = collection::connectionAt(collection, path))
        place.rule = *rule;
    place.around = collection::connectionAround(collection, path);
    place.proxyAround = proxyOf(place.around, collection.proxy);
    collection::Item inside;
    inside.path = path;
    if (!path.empty())
        place.settingsAround = collection::effectiveSettings(collection, inside);
    return place;
}

/// For the collection itself there is nothing around but what the program does by itself.
QString saidAround(const ConnectionPlace& place, const QString& value)
{
    const bool isCollection = place.path.empty() && !place.directory.empty();
    return isCollection ? ConnectionBox::tr("%1, unless said below").arg(value)
                        : ConnectionBox::tr("As the folder says: %1").arg(value);
}

ConnectionBox::ConnectionBox(QWidget* parent)
    : RuleBox(QStringLiteral("connectionProblem"), tr("What is wrong with the connection"), parent),
      m_verify(new ChevronBox),
      m_warning(plainLabel()),
      m_file(new QLineEdit),
      m_tls(versionBox(QStringLiteral("connectionTls"), tr("Oldest version of TLS"), tlsChoices)),
      m_http(versionBox(QStringLiteral("connectionHttp"), tr("Version of HTTP"), httpChoices)),
      m_proxy(nullptr)
{
    setNames(m_verify, QStringLiteral("connectionVerify"), tr("Verify the server's certificate"));
    letShrink(m_verify);
    m_verify->addItems({QString(), tr("Yes"), tr("No")});
    setNames(m_warning, QStringLiteral("connectionWarning"), tr("Warning"));
    setKind(m_warning, "bad");
    m_warning->setWordWrap(true);
    m_warning->hide();
    m_warning->setText(tr("TLS is not verified: anybody could be at the other end and read what is sent."));
    setNames(m_file, QStringLiteral("connectionCaFile"), tr("File with the authorities to trust as well"));
    form()->addRow(tr("Verify the certificate"), leftLine({m_verify}));
    form()->addRow(tr("CA file"),
                   makeFileLine(m_file, FileUse::Trusted, QStringLiteral("chooseConnectionCaFile"),
                                tr("Choose a CA file…")));
    form()->addRow(tr("TLS at least"), leftLine({m_tls}));
    form()->addRow(tr("HTTP version"), leftLine({m_http}));
    m_proxy = new ProxyFields(form(), this);
    column()->addWidget(m_warning);
    for (ChevronBox* box : {m_verify, m_tls, m_http})
        connect(box, &QComboBox::activated, this, &ConnectionBox::commit);
    connect(m_proxy, &ProxyFields::edited, this, &ConnectionBox::commit);
    showAround();
}

void ConnectionBox::setPlace(const ConnectionPlace& place)
{
    const bool isOther = !isSameButForPath(m_place.rule, place.rule);
    m_place = place;
    if (isOther)
        fill();
    showAround();
}

void ConnectionBox::fill()
{
    const collection::ConnectionRule rule = m_place.rule.value_or(collection::ConnectionRule());
    m_verify->setCurrentIndex(choiceOf(rule.verify));
    m_file->setText(toQString(rule.caFile));
    m_tls->setCurrentIndex(indexOfVersion(tlsChoices, rule.minimumTls));
    m_http->setCurrentIndex(indexOfVersion(httpChoices, rule.version));
    m_proxy->setWritten(rule.proxy);
    showProblem({});
}

void ConnectionBox::showAround()
{
    const auto said = [this](const QString& value) { return saidAround(m_place, value); };
    const collection::ConnectionRule& around = m_place.around;
    m_verify->setItemText(VerifyAsAround, said(around.verify.value_or(true) ? tr("Yes") : tr("No")));
    m_tls->setItemText(0, said(versionWords(around.minimumTls.value_or(http::TlsVersion::Tls1_2))));
    m_http->setItemText(0, said(versionWords(around.version.value_or(http::HttpVersion::Automatic))));
    m_proxy->setAround(said(shownProxy(m_place.proxyAround)));
    m_file->setPlaceholderText(around.caFile.empty() ? tr("certs/ca.pem, beside the system's own")
                                                     : toQString(visible(around.caFile)));
    const std::optional<bool> own = verifyOf(m_verify->currentIndex());
    m_warning->setVisible(!own.value_or(around.verify.value_or(true)));
}

std::optional<ConnectionEdit> ConnectionBox::edit() const
{
    ConnectionEdit made{m_place.rule, m_place.rule.value_or(collection::ConnectionRule())};
    made.rule.path = m_place.path;
    const collection::ConnectionRule read = made.rule;
    made.rule.verify = verifyOf(m_verify->currentIndex());
    made.rule.caFile = fileIn(m_file);
    made.rule.minimumTls = versionAt(tlsChoices, m_tls->currentIndex());
    made.rule.version = versionAt(httpChoices, m_http->currentIndex());
    made.rule.proxy = m_proxy->written();
    made.secret = m_proxy->newSecret();
    made.password = m_proxy->password();
    return made.rule == read && made.secret.empty() ? std::nullopt : std::optional(made);
}

QString ConnectionBox::problem() const
{
    const std::string file = fileIn(m_file);
    const bool isAsRead = m_place.rule && m_place.rule->caFile == file;
    const QString ofFile = isAsRead ? QString() : problemOfCollectionFile(m_place.directory, file);
    return ofFile.isEmpty() ? m_proxy->problem() : ofFile;
}

void ConnectionBox::commit()
{
    showAround();
    if (check() && edit())
        Q_EMIT edited();
}

void ConnectionBox::settle()
{
    if (!hasProblem())
        m_proxy->forgetPassword();
}

} // namespace claimcheck::ui
