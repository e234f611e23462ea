// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/bodypages.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <request/collectionfile.h>
#include <request/fieldtable.h>
#include <state/detailsform.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

MultipartPage::MultipartPage(DetailsForm* form, QWidget* parent) : QWidget(parent), m_form(form)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    column->addWidget(
        new FieldTable(form->parts(), QStringLiteral("requestMultipart"), tr("Parts of the multipart body")));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(space::large, 0, space::large, space::small);
    auto* add = pushButton(tr("Add file…"), QStringLiteral("addPartFile"));
    line->addWidget(add);
    auto* about =
        captionLabel(tr("Files lie in the collection's folder. Several of one part: paths with “, ” "
                        "between. Without a content type it is found by the name."));
    about->setWordWrap(true);
    line->addWidget(about, 1);
    column->addLayout(line);
    column->addStretch(1);
    connect(add, &QPushButton::clicked, this, [this] {
        if (const auto path = chooseCollectionFile(this, m_directory))
            m_form->addFile(*path);
    });
}

BodyFilePage::BodyFilePage(DetailsForm* form, QWidget* parent)
    : QWidget(parent), m_form(form), m_path(new QLineEdit), m_type(new QLineEdit)
{
    setNames(m_path, QStringLiteral("bodyFilePath"), tr("File to send"));
    m_path->setPlaceholderText(tr("photo.png, in the collection's folder"));
    setNames(m_type, QStringLiteral("bodyFileType"), tr("Content type"));
    m_type->setPlaceholderText(tr("image/png; empty: found by the name"));
    for (QLineEdit* edit : {m_path, m_type}) {
        edit->setFont(monoFont());
        connect(edit, &QLineEdit::textEdited, this, &BodyFilePage::take);
    }
    auto* choose = pushButton(tr("Choose…"), QStringLiteral("chooseBodyFile"));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    auto* fields = new QFormLayout(this);
    fields->setContentsMargins(space::large, space::medium, space::large, space::medium);
    fields->setHorizontalSpacing(space::medium);
    fields->setVerticalSpacing(space::small);
    fields->addRow(tr("File"), row);
    fields->addRow(tr("Content type"), m_type);
    connect(choose, &QPushButton::clicked, this, [this] {
        const auto path = chooseCollectionFile(this, m_directory);
        if (!path)
            return;
        m_path->setText(toQString(*path));
        take();
    });
}

void BodyFilePage::reload()
{
    const collection::BodyFile file = m_form->details().bodyFile.value_or(collection::BodyFile());
    if (toUtf8(m_path->text()) != file.path)
        m_path->setText(toQString(file.path));
    if (toUtf8(m_type->text()) != file.contentType)
        m_type->setText(toQString(file.contentType));
}

void BodyFilePage::take()
{
    const collection::BodyFile file{toUtf8(m_path->text().trimmed()), toUtf8(m_type->text().trimmed())};
    m_form->setBodyFile(file == collection::BodyFile() ? std::nullopt : std::optional(file));
}

} // namespace claimcheck::ui
