// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/keyfield.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <state/keyinput.h>
#include <state/responseview.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

KeyField::KeyField(QWidget* parent)
    : QWidget(parent),
      m_text(new QLineEdit),
      m_reveal(flatButton(QStringLiteral("eye"), tr("Show the secret"), QStringLiteral("revealSecret"))),
      m_open(flatButton(QStringLiteral("file"), tr("Key from a file"), QStringLiteral("openKeyFile"))),
      m_remove(flatButton(QStringLiteral("close"), tr("Remove the key"), QStringLiteral("removeKey"))),
      m_what(captionLabel())
{
    setNames(m_text, QStringLiteral("loginSecret"), tr("Secret or key for verifying the token"));
    m_text->setEchoMode(QLineEdit::Password);
    m_text->setFont(monoFont());
    m_text->setPlaceholderText(tr("secret, PEM or JWK; empty: decode only"));
    m_what->setObjectName(QStringLiteral("keyDescription"));
    m_what->setWordWrap(true);
    m_what->hide();
    m_remove->hide();
    m_reveal->setCheckable(true);
    setFocusProxy(m_text);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::tiny);
    row->addWidget(m_text, 1);
    row->addWidget(m_reveal);
    row->addWidget(m_remove);
    row->addWidget(m_open);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addLayout(row);
    column->addWidget(m_what);
    connect(m_text, &QLineEdit::textChanged, this, [this] { readText(); });
    connect(m_text, &QLineEdit::returnPressed, this, &KeyField::returnPressed);
    connect(m_reveal, &QToolButton::toggled, this, [this](bool shown) {
        m_text->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        m_reveal->setIcon(icon(shown ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        m_text->setFocus();
        take(inspect::KeyRing());
    });
    connect(m_open, &QToolButton::clicked, this, [this] { chooseFile(); });
}

void KeyField::setText(const QString& text)
{
    m_text->setText(text);
}

void KeyField::readText()
{
    take(keyRingFromText(Secret(toUtf8(m_text->text()))));
}

void KeyField::readFile(const QString& path)
{
    {
        const QSignalBlocker quiet(m_text);
        m_text->clear();
    }
    take(keyRingFromFile(toUtf8(path)));
}

void KeyField::setRing(const inspect::KeyRing& ring)
{
    const QSignalBlocker quiet(m_text);
    m_text->setText(toQString(typedSecretOf(ring).reveal()));
    showRing(ring);
}

void KeyField::take(const Result<inspect::KeyRing>& ring)
{
    showRing(ring);
    Q_EMIT keyRingChanged(ring.value_or(inspect::KeyRing()));
}

void KeyField::showRing(const Result<inspect::KeyRing>& ring)
{
    if (ring) {
        setKind(m_what, "caption");
        m_what->setText(ring->isEmpty() ? QString() : toQString(visible(describe(*ring))));
    } else {
        setKind(m_what, "bad");
        m_what->setText(failureText(ring.error()));
    }
    m_what->setVisible(!m_what->text().isEmpty());
    m_remove->setVisible(ring && !ring->isEmpty() && m_text->text().isEmpty());
}

void KeyField::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Key for verifying"));
    if (!path.isEmpty())
        readFile(path);
}

} // namespace claimcheck::ui
