// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/placefield.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <state/identitydraft.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

PlaceField::PlaceField(const QString& objectName, const QString& title, const QString& none, QWidget* parent)
    : QWidget(parent), m_where(new ChevronBox), m_name(new QLineEdit)
{
    setNames(m_where, objectName + QStringLiteral("Where"), title);
    setNames(m_name, objectName, tr("Name of: %1").arg(title));
    m_where->addItems({none, tr("In the body"), tr("In the header"), tr("In the cookie")});
    m_name->setFont(monoFont());
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    line->addWidget(m_where);
    line->addWidget(m_name, 1);
    setFocusProxy(m_where);
    connect(m_where, &QComboBox::activated, this, [this] {
        showKind();
        Q_EMIT edited();
    });
    connect(m_name, &QLineEdit::textEdited, this, &PlaceField::edited);
    showKind();
}

void PlaceField::showKind()
{
    const int kind = m_where->currentIndex();
    m_name->setVisible(kind != 0);
    m_name->setPlaceholderText(kind == 1   ? QStringLiteral("data.access_token")
                               : kind == 2 ? QStringLiteral("X-Token")
                                           : QStringLiteral("session"));
}

QString PlaceField::text() const
{
    const auto where = static_cast<TokenPlace::Where>(m_where->currentIndex());
    if (where == TokenPlace::Where::Body && m_name->text().trimmed().isEmpty())
        return QStringLiteral("res.body."); // chosen and not named: that is said
    return toQString(toText(TokenPlace{where, toUtf8(m_name->text())}));
}

void PlaceField::setText(const QString& text)
{
    const TokenPlace place = tokenPlaceOf(toUtf8(text));
    m_where->setCurrentIndex(static_cast<int>(place.where));
    m_name->setText(toQString(place.name));
    showKind();
}

} // namespace claimcheck::ui
