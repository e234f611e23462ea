// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/urledit.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qevent.h>
#include <QtGui/qguiapplication.h>
#include <QtGui/qpainter.h>
#include <QtGui/qtextformat.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qtooltip.h>

#include <base/text.h>
#include <interop/import.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

UrlEdit::UrlEdit(QWidget* parent) : QLineEdit(parent)
{
    setFont(monoFont()); // before the kind: the style sheet keeps the font that it finds
    setKind(this, "bare");
    setNames(this, QStringLiteral("requestUrl"), tr("URL"));
    setPlaceholderText(tr("https://api.example.com/orders"));
    connect(this, &QLineEdit::textChanged, this, [this] { findPills(); });
}

void UrlEdit::setScopes(const std::vector<variables::Scope>& nearestFirst)
{
    m_scopes = nearestFirst;
    findPills();
}

/// A line edit makes one line of what is pasted: a command line has to be taken before that.
bool UrlEdit::takeCommand()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (isReadOnly() || !interop::looksLikeCurl(toUtf8(text)))
        return false;
    Q_EMIT commandPasted(text);
    return true;
}

void UrlEdit::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Paste) || !takeCommand())
        QLineEdit::keyPressEvent(event);
}

void UrlEdit::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : menu->actions()) {
        if (action->objectName() != QLatin1String("edit-paste"))
            continue;
        action->disconnect(this);
        connect(action, &QAction::triggered, this, [this] {
            if (!takeCommand())
                paste();
        });
    }
    menu->popup(event->globalPos());
}

void UrlEdit::findPills()
{
    m_pills = variablesOf(text(), m_scopes);
    colourText();
    update();
}

/// QLineEdit has no formats of its own; those of an input method event are kept until the next one.
void UrlEdit::colourText()
{
    QList<QInputMethodEvent::Attribute> attributes;
    for (const UrlVariable& pill : m_pills) {
        QTextCharFormat format;
        format.setForeground(colour(pill.value ? Role::Info : Role::Bad));
        attributes.append(
            {QInputMethodEvent::TextFormat, pill.position - cursorPosition(), pill.length, format});
    }
    QInputMethodEvent formats(QString(), attributes);
    QLineEdit::inputMethodEvent(&formats);
}

qreal UrlEdit::xOf(int position) const
{
    const QFontMetricsF metrics(font());
    const qreal cursor = metrics.horizontalAdvance(text().left(cursorPosition()));
    return cursorRect().center().x() + metrics.horizontalAdvance(text().left(position)) - cursor;
}

void UrlEdit::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setClipRect(rect().adjusted(space::tiny, 0, -space::tiny, 0));
    const int height = fontMetrics().height() + space::tiny;
    for (const UrlVariable& pill : m_pills) {
        const qreal left = xOf(pill.position);
        const qreal right = xOf(pill.position + pill.length);
        painter.setBrush(colour(pill.value ? Role::InfoFill : Role::BadFill));
        painter.drawRoundedRect(QRectF(left - 1, (this->height() - height) / 2.0, right - left + 2, height),
                                space::radius, space::radius);
    }
    painter.end();
    QLineEdit::paintEvent(event);
}

void UrlEdit::changeEvent(QEvent* event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourText();
}

bool UrlEdit::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QLineEdit::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int at = cursorPositionAt(help->pos());
    for (const UrlVariable& pill : m_pills) {
        if (at < pill.position || at > pill.position + pill.length)
            continue;
        QToolTip::showText(help->globalPos(), tipOf(pill), this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

} // namespace claimcheck::ui
