// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/bottomline.h>

#include <QtWidgets/qboxlayout.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int lineHeight = 26;

} // namespace

BottomLine::BottomLine(const std::string& engine, QWidget* parent)
    : QWidget(parent), m_place(captionLabel()), m_connection(captionLabel())
{
    setKind(this, "raised");
    setFixedHeight(lineHeight);
    m_place->setObjectName(QStringLiteral("statusPlace"));
    m_place->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_connection->setObjectName(QStringLiteral("statusConnection"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::medium, 0, space::medium, 0);
    row->setSpacing(space::large);
    row->addWidget(m_place, 1);
    row->addWidget(m_connection);
    row->addWidget(captionLabel(toQString(engine)));
    row->addWidget(captionLabel(QStringLiteral("claimcheck " CLAIMCHECK_VERSION)));
    setPlace({});
}

void BottomLine::setTemporaryPlace()
{
    m_place->setText(tr("Demo collection, in a temporary folder"));
}

void BottomLine::setPlace(const QString& directory)
{
    m_place->setText(directory.isEmpty() ? tr("No account, no telemetry")
                                         : toQString(visible(toUtf8(directory))));
}

void BottomLine::setExchange(const http::Exchange& exchange)
{
    m_connection->setText(connectionText(exchange));
}

QString connectionText(const http::Exchange& exchange)
{
    if (!exchange.response)
        return {};
    QStringList parts{toQString(visible(exchange.response->version))};
    if (exchange.tls)
        parts.append(toQString(visible(exchange.tls->version)));
    if (!exchange.remoteAddress.empty())
        parts.append(toQString(visible(exchange.remoteAddress)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace claimcheck::ui
